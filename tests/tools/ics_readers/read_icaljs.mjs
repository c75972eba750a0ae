// node read_icaljs.mjs FILE.ics FROM TO: what ical.js (the parser of Thunderbird) makes of a file.
// Prints one line an occurrence that touches FROM <= t < TO (dates, midnight UTC), sorted:
// uid, start, end, summary, alarm seconds, status, with tabs between them.
// --all-exceptions: as ical.js does it where nobody tells it which exceptions belong to an event. It
// relates every exception of the file to each event then, and finds them by their wall time alone.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const [file, fromDay, toDay, way] = process.argv.slice(2);
if (!toDay) {
  console.error("usage: node read_icaljs.mjs FILE.ics FROM TO [--all-exceptions]");
  process.exit(2);
}
const DAY = 86_400_000;
const from = Date.parse(`${fromDay}T00:00:00Z`);
const to = Date.parse(`${toDay}T00:00:00Z`);

const isFloating = (time) => !time.isDate && time.zone === ICAL.Timezone.localTimezone;

/** Milliseconds for comparing; a floating time and a date are taken as if they were UTC. */
function instant(time) {
  if (time.isDate) return Date.parse(`${time.toString()}T00:00:00Z`);
  if (isFloating(time)) return Date.parse(`${time.toString()}Z`);
  return time.toUnixTime() * 1000;
}

function written(time) {
  if (time.isDate) return time.toString();
  if (isFloating(time)) return `${time.toString()} floating`;
  return new Date(instant(time)).toISOString().replace(".000Z", "Z");
}

function alarmsOf(component) {
  const triggers = component
    .getAllSubcomponents("valarm")
    .map((alarm) => alarm.getFirstPropertyValue("trigger"));
  return triggers
    .filter((trigger) => trigger !== null)
    .map((trigger) => ("toSeconds" in trigger ? String(trigger.toSeconds()) : written(trigger)))
    .sort()
    .join("|");
}

const oneLine = (text) => (text ?? "").replaceAll("\n", "\\n");

function* occurrencesOf(event) {
  if (!event.isRecurring()) {
    yield [event, event.startDate, event.endDate];
    return;
  }
  const steps = event.iterator();
  for (let next = steps.next(); next; next = steps.next()) {
    const found = event.getOccurrenceDetails(next);
    // An exception may have moved an occurrence back into the window, so look a little further.
    if (instant(next) > to + 60 * DAY) return;
    yield [found.item, found.startDate, found.endDate];
  }
}

function rowsOf(calendar) {
  for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
  const related = way === "--all-exceptions" ? undefined : { exceptions: [] };
  const parts = calendar.getAllSubcomponents("vevent");
  const events = parts.map((part) => new ICAL.Event(part, related));
  const series = new Map(events.filter((e) => !e.isRecurrenceException()).map((e) => [e.uid, e]));
  const rows = [];
  for (const event of events) {
    if (event.isRecurrenceException() && series.has(event.uid)) {
      series.get(event.uid).relateException(event);
    }
  }
  for (const event of events) {
    if (event.isRecurrenceException() && series.has(event.uid)) continue;
    for (const [item, start, end] of occurrencesOf(event)) {
      const [begins, ends] = [instant(start), instant(end)];
      if (begins >= to || (ends <= from && !(begins === ends && begins >= from))) continue;
      const status = item.component.getFirstPropertyValue("status") ?? "";
      rows.push(
        [item.uid, written(start), written(end), oneLine(item.summary), alarmsOf(item.component), status].join("\t"),
      );
    }
  }
  return rows;
}

const parsed = ICAL.parse(readFileSync(file, "utf8").replace(/^\uFEFF/, ""));
const calendars = typeof parsed[0] === "string" ? [parsed] : parsed;
const rows = calendars.flatMap((calendar) => rowsOf(new ICAL.Component(calendar)));
for (const row of rows.sort()) console.log(row);
