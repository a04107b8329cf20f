// The appeal form is whole without this. With it: words of danger while typing, streets narrowed to their district,
// the place one stands at, pictures seen before they are sent, one click one call.
const form = document.getElementById("appeal"), $ = (id) => document.getElementById(id), words = form.dataset;

// Words of danger, as they are typed. What the server heard in what was written before stays until it is wiped out: it hears more.
const rules = JSON.parse($("danger-rules").textContent), box = $("danger"), text = form.elements.text;
const heard = [...box.querySelectorAll("a b")].map((b) => b.textContent);
let shown = heard.join();
function warn() {
  const stays = text.value.trim() ? heard : [];
  const found = rules.filter((rule) => stays.includes(rule.number) || rule.words.some((word) => text.value.includes(word)));
  const now = found.map((rule) => rule.number).join();
  if (now === shown) return;
  shown = now;
  box.replaceChildren();
  if (!found.length) return;
  const notice = $("danger-box").content.cloneNode(true), list = notice.querySelector("ul");
  for (const rule of found) {
    const item = document.createElement("li"), link = document.createElement("a"), number = document.createElement("b");
    link.className = "btn";
    link.href = "tel:" + rule.number;
    number.textContent = rule.number;
    link.append(number, rule.label);
    item.append(link);
    list.append(item);
  }
  box.append(notice);
}
text.addEventListener("input", warn);
warn();

// One list of 1,000 streets becomes two short ones.
const area = form.elements.area, where = area.parentElement;
const streets = area.cloneNode(false), district = area.cloneNode(false);
district.id = "district";
district.removeAttribute("name");
district.setAttribute("aria-label", where.dataset.district);
streets.setAttribute("aria-label", where.dataset.street);
district.append(new Option(where.dataset.district, ""));
const groups = [...area.querySelectorAll("optgroup")];
groups.forEach((group, n) => district.append(new Option(group.label, n)));
function narrow(value) {
  streets.replaceChildren(...(groups[district.value]?.children ?? []));
  if (!streets.length) streets.append(new Option(where.dataset.street, ""));
  streets.disabled = district.value === "";
  streets.value = value || streets.options[0].value;
}
district.value = groups.findIndex((group) => [...group.children].some((option) => option.value && option.value === area.value));
if (district.selectedIndex < 0) district.value = "";
const chosenArea = area.value;
groups.forEach((group) => [...group.children].forEach((option) => option.removeAttribute("selected")));
const kept = groups.map((group) => ({ children: [...group.children] }));
groups.splice(0, groups.length, ...kept);
where.replaceChildren(district, streets);
where.classList.add("two");
narrow(chosenArea);

// What the city knows of there, before she writes: asked for as soon as the area is chosen. An answer that was overtaken is dropped.
const known = $("known");
let asking = 0;
async function tell() {
  const mine = ++asking, answer = streets.value ? await fetch(known.dataset.from + "?area=" + encodeURIComponent(streets.value)).catch(() => null) : null;
  const told = answer && answer.ok ? await answer.text() : "";
  if (mine === asking) known.innerHTML = told;
}
district.addEventListener("change", () => { narrow(""); tell(); });
streets.addEventListener("change", tell);
document.querySelector("label[for=area]").htmlFor = "district";

// The place one stands at.
const point = $("point"), located = $("located"), { lon, lat } = form.elements;
function place(at) {
  lon.value = at ? at.longitude.toFixed(5) : "";
  lat.value = at ? at.latitude.toFixed(5) : "";
  located.textContent = at ? point.dataset.set : "";
  $("unlocate").hidden = !at;
  $("locate").hidden = Boolean(at);
}
if (navigator.geolocation && isSecureContext) {
  point.hidden = false;
  $("locate").hidden = Boolean(lon.value);
  $("unlocate").hidden = !lon.value;
  $("locate").addEventListener("click", () => navigator.geolocation.getCurrentPosition(
    (found) => place(found.coords), () => { located.textContent = point.dataset.none; }, { enableHighAccuracy: true, timeout: 10000 }));
  $("unlocate").addEventListener("click", () => { place(null); $("locate").focus(); });
}

// Pictures: gathered from every pick, shown, and taken out again.
const inputs = [...form.querySelectorAll("input[type=file]")], list = $("chosen"), note = $("photo-note");
const gathered = new DataTransfer(), held = inputs[inputs.length - 1];
function show() {
  list.replaceChildren(...[...gathered.files].map((file, n) => {
    const item = document.createElement("li"), frame = document.createElement("span"), image = document.createElement("img"), drop = document.createElement("button");
    frame.className = "photo";
    image.alt = file.name;
    image.src = URL.createObjectURL(file);
    image.onerror = () => { gathered.items.remove([...gathered.files].indexOf(file)); note.textContent = file.name + " " + words.noPicture; show(); };
    image.onload = () => URL.revokeObjectURL(image.src);
    drop.type = "button";
    drop.className = "linkish";
    drop.textContent = words.drop;
    drop.addEventListener("click", () => { gathered.items.remove(n); show(); held.focus(); });
    frame.append(image);
    item.append(frame, drop);
    return item;
  }));
  list.hidden = !gathered.files.length;
  held.files = gathered.files;
}
for (const input of inputs) {
  input.addEventListener("change", () => {
    note.textContent = "";
    const taken = form.querySelectorAll("input[name=photo]").length;
    for (const file of [...input.files]) {
      if (input === held && [...gathered.files].includes(file)) continue;
      if (file.size > words.mostBytes) note.textContent = file.name + " " + words.tooLarge;
      else if (gathered.files.length + taken >= words.mostPhotos) note.textContent = file.name + " " + words.tooMany;
      else gathered.items.add(file);
    }
    if (input !== held) input.value = "";
    show();
  });
}
form.classList.add("with-script");

// No phone where nobody is to know.
const phone = $("phone-row");
if (phone) {
  const follow = () => { phone.hidden = form.elements.openness.value === "anonymous"; };
  form.addEventListener("change", follow);
  follow();
}

// One click, one call; coming back with the browser's button makes the form usable again.
const send = $("send"), label = send.textContent;
form.addEventListener("submit", () => setTimeout(() => { send.disabled = true; send.textContent = words.sending; }));
addEventListener("pageshow", () => { send.disabled = false; send.textContent = label; });
$("faults")?.focus();
