// The chat page: shows what happened in the chat, and sends what the person does. Text is never read as HTML here.
"use strict";

const chat = document.getElementById("chat");
const form = document.getElementById("form");
const field = document.getElementById("text");
const menu = document.getElementById("menu");
const menuButton = document.getElementById("menu-button");
const state = document.getElementById("state");
const welcome = document.getElementById("welcome");
const editing = document.getElementById("editing");
const notice = document.getElementById("notice");

const TAGS = {
  bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote", spoiler: "span", text_link: "a",
};

let seen = 0;
let person = null;
let edited = null; // the message that is being edited
let mineLast = null; // the newest message of the person
let noticeTimer = null;

async function post(path, content) {
  try {
    const answer = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(content),
    });
    if (!answer.ok) say((await answer.json()).description || "That did not work.");
    return answer.ok;
  } catch {
    say("Not sent: the assistant has stopped.");
    return false;
  }
}

function write(text) {
  return post("/chat/message", { text });
}

function say(text) {
  notice.textContent = text;
  notice.hidden = false;
  clearTimeout(noticeTimer);
  noticeTimer = setTimeout(() => { notice.hidden = true; }, 4000);
}

// Entities come sorted by where they begin, outer ones first; offsets count UTF-16 units, as JavaScript does.
function format(text, entities, from, to) {
  const parts = document.createDocumentFragment();
  let place = from;
  for (let at = 0; at < entities.length; at++) {
    const entity = entities[at];
    const end = entity.offset + entity.length;
    if (entity.offset < place || end > to) continue;
    const before = text.slice(place, entity.offset);
    const inner = entities.slice(at + 1).filter((other) => other.offset >= entity.offset && other.offset + other.length <= end);
    const element = wrap(entity, format(text, inner, entity.offset, end));
    const isBlock = element.tagName === "BLOCKQUOTE"; // stands apart by itself, without the blank lines around it
    parts.append(isBlock ? before.trimEnd() : before, element);
    place = end;
    while (isBlock && text[place] === "\n" && place < to) place++;
  }
  parts.append(text.slice(place, to));
  return parts;
}

function link(element, url) {
  element.href = /^(https?|tg|ton):/i.test(url) ? url : `http://${url}`;
  element.target = "_blank";
  element.rel = "noreferrer";
}

function wrap(entity, content) {
  const element = document.createElement(TAGS[entity.type] || "span");
  if (entity.type === "text_link") link(element, entity.url);
  if (entity.type === "spoiler") element.className = "spoiler";
  if (entity.type === "expandable_blockquote") {
    const inside = document.createElement("span");
    inside.append(content);
    element.append(inside);
    element.className = "folded";
    element.tabIndex = 0;
    element.setAttribute("role", "button");
    element.setAttribute("aria-expanded", "false");
    const toggle = () => {
      const open = element.classList.toggle("opened");
      element.classList.toggle("folded", !open);
      element.setAttribute("aria-expanded", String(open));
    };
    element.addEventListener("click", toggle);
    element.addEventListener("keydown", (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); toggle(); } });
    return element;
  }
  element.append(content);
  return element;
}

function render(message) {
  const mine = message.from.id === person;
  const element = document.createElement("article");
  element.className = mine ? "message mine" : "message";
  element.id = `message-${message.message_id}`;
  const bubble = document.createElement("div");
  bubble.className = "bubble";
  if (message.reply_to_message) {
    const quoted = document.createElement("p");
    quoted.className = "quoted";
    quoted.textContent = message.reply_to_message.text;
    bubble.append(quoted);
  }
  const text = document.createElement("div");
  text.className = "text";
  const entities = (message.entities || []).filter((entity) => TAGS[entity.type]);
  text.append(format(message.text, entities, 0, message.text.length));
  const time = document.createElement("time");
  time.className = "time";
  time.textContent = (message.edit_date ? "edited " : "")
    + new Date(message.date * 1000).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  bubble.append(text, time);
  element.append(bubble);
  if (mine) {
    bubble.title = "Double-click to edit; for the newest message, arrow up in the empty field";
    bubble.addEventListener("dblclick", () => startEditing(message));
  }
  if (message.reply_markup) element.append(keyboard(message));
  return element;
}

function keyboard(message) {
  const rows = document.createElement("div");
  rows.className = "keyboard";
  for (const buttons of message.reply_markup.inline_keyboard) {
    const row = document.createElement("div");
    for (const button of buttons) {
      const element = document.createElement(button.url ? "a" : "button");
      element.textContent = button.text;
      if (button.url) {
        link(element, button.url);
      } else if (button.copy_text) {
        element.addEventListener("click", () => { navigator.clipboard.writeText(button.copy_text.text); say("Copied"); });
      } else {
        element.addEventListener("click", async () => {
          element.classList.add("waiting");
          const pressed = await post("/chat/press", { message_id: message.message_id, data: button.callback_data });
          if (!pressed) element.classList.remove("waiting");
        });
      }
      row.append(element);
    }
    rows.append(row);
  }
  return rows;
}

function show(event) {
  if (event.kind === "message") {
    if (event.content.from.id === person) mineLast = event.content;
    const element = render(event.content);
    welcome.hidden = true;
    chat.append(element);
    // A long answer is read from its top; one's own message and a short answer from the end.
    const tall = element.offsetHeight > chat.clientHeight * 0.9;
    element.scrollIntoView({ block: tall ? "start" : "end" });
  } else if (event.kind === "edited") {
    if (event.content.message_id === mineLast?.message_id) mineLast = event.content;
    const element = render(event.content);
    document.getElementById(element.id)?.replaceWith(element);
    element.scrollIntoView({ block: "nearest" });
  } else if (event.kind === "pressed") {
    for (const button of document.querySelectorAll(".waiting")) button.classList.remove("waiting");
    if (event.content.text) say(event.content.text);
  } else if (event.kind === "commands" && event.content.scope === "all_private_chats") {
    fillMenu(event.content.commands);
  } else if (event.kind === "about" && event.content.name === "description") {
    document.getElementById("about").textContent = event.content.text;
    welcome.hidden = document.querySelector(".message") !== null;
  }
}

function openMenu(open) {
  menu.hidden = !open;
  menuButton.setAttribute("aria-expanded", String(open));
}

function fillMenu(commands) {
  menu.replaceChildren(...commands.map(({ command, description }) => {
    const button = document.createElement("button");
    button.type = "button";
    const note = document.createElement("span");
    note.textContent = description;
    button.append(`/${command}`, note);
    button.addEventListener("click", () => {
      openMenu(false);
      write(`/${command}`);
      field.focus();
    });
    return button;
  }));
}

function startEditing(message) {
  edited = message;
  field.value = message.text;
  editing.hidden = false;
  field.focus();
  grow();
}

function stopEditing() {
  edited = null;
  editing.hidden = true;
  field.value = "";
  grow();
}

function grow() {
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight + 2}px`;
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const text = field.value.trim();
  if (!text) return;
  const before = edited;
  stopEditing();
  const sent = before
    ? await post("/chat/edit", { message_id: before.message_id, text })
    : await write(text);
  if (!sent && !field.value) { // nothing typed is lost
    if (before) startEditing(before);
    field.value = text;
    grow();
  }
  field.focus();
});

field.addEventListener("input", grow);
field.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    form.requestSubmit();
  } else if (event.key === "ArrowUp" && !field.value && mineLast) {
    event.preventDefault();
    startEditing(mineLast);
  }
});
document.getElementById("stop-editing").addEventListener("click", () => { stopEditing(); field.focus(); });
document.getElementById("start").addEventListener("click", () => { write("/start"); field.focus(); });
menuButton.addEventListener("click", () => openMenu(menu.hidden));
document.addEventListener("click", (event) => { if (!menu.contains(event.target) && !menuButton.contains(event.target)) openMenu(false); });
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  if (!menu.hidden) field.focus();
  openMenu(false);
  if (edited) stopEditing();
});

function tell(text) { // a screen reader says a state again each time it is set
  if (state.textContent !== text) state.textContent = text;
}

async function follow() {
  for (;;) {
    try {
      const answer = await fetch(`/chat/events?after=${seen}`);
      if (!answer.ok) throw new Error("the assistant stops");
      const news = await answer.json();
      person = news.person;
      document.getElementById("name").textContent = news.bot;
      tell("on this machine, without Telegram");
      if (news.last < seen) { // the program was started again: its chat begins anew
        chat.replaceChildren(welcome);
        mineLast = null;
        seen = 0;
        continue;
      }
      news.events.forEach(show);
      seen = news.last;
    } catch {
      tell("stopped; start it again with: make run");
      await new Promise((resolve) => { setTimeout(resolve, 1000); });
    }
  }
}

follow();
