def news(record):
    pass


def written_pages(record):
    pass
