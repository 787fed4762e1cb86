// What is still to come is dragged to another day, and moved there by a form of the page.

const form = document.querySelector(".calendar-drag");
const over = "calendar__day--over";
let dragged = null;

const dayOf = ({ target }) => (dragged ? target.closest(".calendar__day") : null);

for (const entry of document.querySelectorAll("[data-entry]")) {
  entry.draggable = true;
  entry.addEventListener("dragstart", ({ dataTransfer }) => {
    dragged = entry;
    dataTransfer.effectAllowed = "move";
    // A link in it would be dragged as its address.
    dataTransfer.setData("text/plain", entry.querySelector(".calendar__row").textContent);
  });
  entry.addEventListener("dragend", () => {
    dragged = null;
    document.querySelector(`.${over}`)?.classList.remove(over);
  });
}

document.addEventListener("dragover", (event) => {
  const day = dayOf(event);
  document.querySelector(`.${over}`)?.classList.remove(over);
  if (!day) return;
  day.classList.add(over);
  event.preventDefault();
});

document.addEventListener("drop", (event) => {
  const day = dayOf(event);
  if (!day) return;
  event.preventDefault();
  if (day.contains(dragged)) return;
  form.elements.entry.value = dragged.dataset.entry;
  form.elements.day.value = day.dataset.day;
  form.submit();
});
