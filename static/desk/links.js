// The address of a link goes to the clipboard with one click; without a script it is marked and copied by hand.
for (const line of document.querySelectorAll(".links__address")) {
  const address = line.querySelector("input");
  address.addEventListener("focus", () => address.select());
  if (!navigator.clipboard) continue;
  const button = document.createElement("button");
  const said = document.createElement("span");
  button.type = "button";
  button.className = "button";
  button.textContent = line.dataset.copy;
  said.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(address.value);
      said.textContent = line.dataset.copied;
    } catch {
      address.focus();
    }
  });
  line.append(" ", button, " ", said);
}
