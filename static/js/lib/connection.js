// The line to the server: a socket that comes back by itself, and plain HTTP when no socket can be opened.
// It knows frames and cursors, nothing of the page. Protocol v1, see mediation/live.

const PROTOCOL = 1;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;
const APPLIED_EVERY = 50;
const APPLIED_AFTER_MS = 1_000;
const PING_AFTER_MS = 20_000;
const SILENCE_MS = 10_000;
const OPENING_MS = 10_000;
const POLL_MS = 2_500;
const SOCKETS_GIVEN_UP_AFTER = 3;
const PATIENT_MS = 5_000; // after 4008 (rate) and 4010 (protocol): trying at once would only earn the same answer

export const CLOSED = { ended: 4001, forbidden: 4003, rate: 4008, slow: 4009, protocol: 4010, restarting: 4012, later: 1013 };

/** Full jitter: anything between 0 and the growing limit, so that a thousand pages do not come back at once. */
export function backOff(attempt, random = Math.random) {
  return random() * Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempt);
}

export class Refused extends Error {
  constructor({ code = "unavailable", message = "", retry = true, detail = {}, status = 0 } = {}) {
    super(message);
    Object.assign(this, { code, retry, detail, status });
  }
}

/** A JSON request with the session's CSRF token. Raises `Refused`; `status` 0 means that no answer came. */
export async function request(method, path, body, { signal } = {}) {
  const headers = { Accept: "application/json", "X-CSRFToken": csrfToken() };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  let response;
  try {
    const timeout = AbortSignal.timeout(15_000);
    response = await fetch(path, {
      method, headers, body: body === undefined ? undefined : JSON.stringify(body), credentials: "same-origin",
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
  } catch {
    throw new Refused({ code: "network" });
  }
  const answer = response.status === 204 ? null : await response.json().catch(() => null);
  if (!response.ok) throw new Refused({ retry: response.status >= 500, ...answer, status: response.status });
  return answer;
}

export const csrfToken = () => document.querySelector("meta[name=csrf-token]")?.content ?? "";

export class Connection {
  /**
   * `cursors()` and `epoch()` say where we are; `onFrame(frame)` gets every frame and returns "gap" when something
   * is missing; `onPhase(phase, {at, code})` is one of connecting, catching_up, live, reconnecting, offline, ended.
   * Without a `room` (null) there is nothing to ask for over HTTP: such a line goes on trying its socket.
   */
  constructor({ url, room, cursors, epoch, onFrame, onPhase }) {
    Object.assign(this, { url, room, cursors, epoch, onFrame, onPhase });
    this.attempt = 0;
    this.neverOpened = 0;
    this.applied = 0;
    this.reported = 0;
    this.polling = false;
    this.closed = false;
    this.isLive = false;
    this.timers = {};
  }

  start() {
    addEventListener("offline", () => this.#lost({ offline: true }));
    addEventListener("online", () => this.now());
    addEventListener("pageshow", (event) => event.persisted && this.now());
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && !this.isLive && this.now());
    this.#open();
  }

  /** Try at once, whatever the wait was. */
  now() {
    if (this.closed || this.isLive) return;
    this.attempt = 0;
    if (!this.socket) this.#open();
  }

  /** Begin anew from our cursors: something is missing, or no answer comes. */
  again() {
    if (this.closed) return;
    this.#drop();
    this.#open();
  }

  stop() {
    this.closed = true;
    this.#drop();
  }

  get canSend() {
    return this.isLive;
  }

  /** Send a frame that needs no answer (read, typing). Lost when the line is down: they are worth nothing later. */
  tell(frame) {
    if (this.isLive && !this.polling) this.#write(frame);
    else if (this.isLive && frame.t === "read") request("PUT", `/api/threads/${frame.thread}/read/`, { seq: frame.seq }).catch(() => {});
  }

  /** Hand a message over. The answer comes as an `ack` or `refused` frame with the same `cid`. */
  async send(frame) {
    if (!this.isLive) return;
    if (!this.polling) {
      this.#write({ t: "send", ...frame });
      return;
    }
    const { thread, ...body } = frame;
    try {
      const answer = await request("POST", `/api/threads/${thread}/messages/`, body);
      this.onFrame({ t: "ack", ...answer, cid: frame.cid, thread });
      this.#poll();
    } catch (refused) {
      if (refused.status === 0 || refused.code === "network") this.#lost({});
      else this.onFrame({ t: "refused", cid: frame.cid, code: refused.code, message: refused.message, retry: refused.retry, detail: refused.detail });
    }
  }

  // --- the socket ----------------------------------------------------------------------------------------------

  #open() {
    this.#clear();
    if (this.closed) return;
    if (!navigator.onLine) return this.#lost({ offline: true });
    if (this.polling) this.#after("poll", POLL_MS, () => this.#poll()); // goes on until the socket is welcomed
    let welcomed = false;
    const socket = new WebSocket(this.url);
    this.socket = socket;
    this.#after("opening", OPENING_MS, () => socket.close());
    socket.onopen = () => this.#write({ t: "hello", v: PROTOCOL, epoch: this.epoch(), room: this.room, cursors: this.cursors() });
    socket.onmessage = ({ data }) => {
      if (socket !== this.socket) return;
      const frame = JSON.parse(data);
      if (frame.t === "welcome") {
        welcomed = true;
        this.neverOpened = 0;
        this.polling = false;
        this.onPhase("catching_up", {});
      }
      this.#take(frame);
    };
    socket.onclose = ({ code }) => {
      if (socket !== this.socket) return;
      if (!welcomed) this.neverOpened += 1;
      this.#lost({ code });
    };
  }

  #take(frame) {
    this.#listen();
    if (frame.t === "pong") return;
    if (frame.t === "restarting") this.waitAtLeast = frame.retry_ms;
    const outcome = this.onFrame(frame);
    if (outcome === "gap") return this.again();
    if (frame.t === "events") this.#count(frame.events.length);
    if (frame.t !== "synced") return;
    this.#after("opening", null);
    this.attempt = 0;
    this.isLive = true;
    this.onPhase("live", {});
  }

  #count(events) {
    this.applied += events;
    if (this.applied - this.reported >= APPLIED_EVERY) return this.#report();
    this.#after("applied", APPLIED_AFTER_MS, () => this.#report());
  }

  #report() {
    this.#after("applied", null);
    if (this.reported === this.applied) return;
    this.reported = this.applied;
    this.#write({ t: "applied", n: this.applied });
  }

  /** A socket can die without a word: ask when it was quiet for long, and leave it when no answer comes. */
  #listen() {
    this.#after("silence", null);
    this.#after("ping", PING_AFTER_MS, () => {
      this.#write({ t: "ping" });
      this.#after("silence", SILENCE_MS, () => this.#lost({}));
    });
  }

  #lost({ code, offline = false }) {
    this.#drop();
    if (this.closed) return;
    if (code === CLOSED.ended || code === CLOSED.forbidden) {
      this.closed = true;
      return this.onPhase("ended", { code });
    }
    if (offline || !navigator.onLine) return this.onPhase("offline", {});
    if (this.room && this.neverOpened >= SOCKETS_GIVEN_UP_AFTER) {
      this.polling = true;
      this.#poll();
      return this.#after("open", LONGEST_WAIT_MS, () => this.#open());
    }
    this.onPhase("reconnecting", { code });
    this.#after("open", this.#wait(code), () => this.#open());
  }

  #wait(code) {
    const wait = backOff(this.attempt);
    this.attempt += 1;
    if (code === CLOSED.rate || code === CLOSED.protocol) return PATIENT_MS + wait;
    const least = this.waitAtLeast ?? 0;
    this.waitAtLeast = 0;
    return least + wait;
  }

  #write(frame) {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(frame));
  }

  #drop() {
    this.isLive = false;
    this.applied = this.reported = 0;
    this.#clear();
    const { socket } = this;
    this.socket = null;
    if (!socket) return;
    socket.onclose = socket.onmessage = socket.onopen = null;
    socket.close();
  }

  // --- without a socket ----------------------------------------------------------------------------------------

  async #poll() {
    if (this.closed || !this.polling || this.socket?.readyState === WebSocket.OPEN || this.asking) return;
    this.asking = true;
    this.#after("poll", null);
    const places = Object.entries(this.cursors()).map(([thread, seq]) => `cursor=${thread}:${seq}`);
    try {
      const answer = await request("GET", `/api/rooms/${this.room}/events/?${places.join("&")}`);
      if (!this.polling) return;
      for (const frame of answer.frames ?? answer.events ?? []) this.onFrame({ t: "events", ...frame });
      if (!this.isLive) {
        this.isLive = true;
        this.onFrame({ t: "synced" });
        this.onPhase("live", {});
      }
    } catch (refused) {
      if (refused.status === 401 || refused.status === 403) return this.#lost({ code: CLOSED.ended });
      if (refused.status === 404) return this.#lost({ code: CLOSED.forbidden });
      this.isLive = false;
      this.onPhase(navigator.onLine ? "reconnecting" : "offline", {});
    } finally {
      this.asking = false;
      if (this.polling) this.#after("poll", POLL_MS, () => this.#poll());
    }
  }

  #after(name, wait, act) {
    clearTimeout(this.timers[name]);
    if (wait !== null) this.timers[name] = setTimeout(act, wait);
  }

  #clear() {
    for (const timer of Object.values(this.timers)) clearTimeout(timer);
  }
}
