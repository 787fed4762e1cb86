"""What models are made of: fields, periods, constraints, codes and versions."""
