// Both pages are whole without this. With it: what follows from an answer shows at once, and what is typed is kept as she goes.
const main = document.getElementById("main");
document.documentElement.classList.add("with-script");

// Guidance: the same page is asked for with the new answers; only what changed is what the eye sees change.
let asked = 0;
async function follow(form) {
  const mine = ++asked, url = location.pathname + "?" + new URLSearchParams(new FormData(form));
  const answer = await fetch(url).catch(() => null);
  if (!answer?.ok || mine !== asked) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("main");
  const focus = document.activeElement, at = focus?.name && [focus.name, focus.value];
  history.replaceState(null, "", url);
  main.replaceChildren(...fresh.childNodes);
  if (at) [...main.querySelectorAll("#questions [name]")].find((one) => one.name === at[0] && one.value === at[1])?.focus({ preventScroll: true });
}
main.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-live]"), tick = event.target;
  if (!form) return;
  // "none of these" and the others leave one another alone
  if (tick.type === "checkbox" && tick.checked)
    for (const other of form.querySelectorAll(`[name="${tick.name}"]`)) if ((other.value === "-") !== (tick.value === "-")) other.checked = false;
  follow(form);
});

// The form: kept a moment after the last change; a chosen file goes up at once; one press sends one.
const form = document.getElementById("thing-form"), saved = document.getElementById("saved");
if (form) {
  let timer = 0, sent = false;
  const keep = async () => {
    const data = new FormData(form);
    for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
    data.set("do", "save");
    data.delete("agree");
    const answer = await fetch(location.pathname + location.search, { method: "POST", body: data }).catch(() => null);
    if (answer?.ok && saved) saved.textContent = form.dataset.saved + " " + new Date().toTimeString().slice(0, 5);
  };
  form.addEventListener("input", (event) => {
    if (event.target.type === "file") return;
    clearTimeout(timer);
    timer = setTimeout(keep, 1200);
  });
  form.addEventListener("change", (event) => {
    if (event.target.type !== "file" || !event.target.files.length) return;
    clearTimeout(timer);
    form.requestSubmit(form.querySelector(".up-row button"));
  });
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (sent) event.preventDefault();
    sent = true;
  });
  window.addEventListener("pageshow", () => { sent = false; });
}
document.getElementById("faults")?.focus();
