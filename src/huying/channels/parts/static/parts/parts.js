// Looks change without leaving the page, so that a half-written form stays. Without script the buttons post and come back.
document.addEventListener("submit", (event) => {
  const form = event.target, button = event.submitter;
  if (!form.matches("form[data-looks]") || !button || button.name === "language") return;
  event.preventDefault();
  const root = document.documentElement, off = button.getAttribute("aria-pressed") === "true";
  const data = new FormData(form, button);
  fetch(form.action, { method: "POST", body: data, headers: { "X-Quiet": "1" } }).then((answer) => {
    if (!answer.ok) return location.reload();
    if (button.value) root.dataset[button.name] = button.value; else delete root.dataset[button.name];
    button.setAttribute("aria-pressed", String(!off));
    button.value = off ? button.dataset.on : "";
  });
});
