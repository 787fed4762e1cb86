// What has the name of a key in data-shortcut is reached by it: a field is entered, a button pressed.
const shortcuts = document.querySelector("dialog.shortcuts");

if (shortcuts) {
  const KEPT = "shortcuts-of-one-key";
  const button = document.querySelector(".shortcuts-button");
  const oneKey = shortcuts.querySelector("input");
  const kept = (change) => {
    try {
      return change(localStorage);
    } catch {
      // A browser that keeps nothing has them.
      return null;
    }
  };
  oneKey.checked = kept((storage) => storage.getItem(KEPT)) !== "off";
  oneKey.addEventListener("change", () => {
    kept((storage) => storage.setItem(KEPT, oneKey.checked ? "on" : "off"));
  });
  button.hidden = false;
  button.addEventListener("click", () => shortcuts.showModal());

  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.repeat || event.defaultPrevented) return;
    if (document.querySelector("dialog:modal")) return;
    const isHeld = event.ctrlKey || event.metaKey;
    const isWriting = event.target.closest("input, select, textarea, [contenteditable]");
    if (!isHeld && (isWriting || !oneKey.checked)) return;
    // A letter is at its place on a keyboard of each script.
    const key = isHeld ? `Ctrl+${event.code.replace("Key", "")}` : event.key;
    const found = document.querySelector(`[data-shortcut="${CSS.escape(key)}"]`);
    if (!found) return;
    event.preventDefault();
    if (found.matches("[type=search]")) found.select();
    else found.click();
  });
}
