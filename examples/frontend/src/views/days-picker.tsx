import { type FormEvent, use, useId } from 'react';
import { type Days, isDay } from '../days.ts';
import { type Place, presets } from '../place.ts';
import { GoContext, Link } from './link.tsx';

/** Which days: so many that end with today, or any by date. */
export function DaysPicker({ place, days }: { readonly place: Place; readonly days: Days }) {
  return (
    <nav className="days-picker" aria-label="Days">
      {presets.map((count) => (
        <Link key={count} to={{ ...place, span: count }} isCurrent={place.span === count}>
          Last {count} days
        </Link>
      ))}
      <CustomDays key={`${days.from} ${days.to}`} place={place} days={days} />
    </nav>
  );
}

function CustomDays({ place, days }: { readonly place: Place; readonly days: Days }) {
  const go = use(GoContext);
  const [fromId, toId] = [useId(), useId()];
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const [from, to] = [String(fields.get('from')), String(fields.get('to'))];
    if (isDay(from) && isDay(to)) go({ ...place, span: from <= to ? { from, to } : { from: to, to: from } });
  };
  return (
    <form onSubmit={onSubmit}>
      <label htmlFor={fromId}>From</label>
      <input id={fromId} type="date" name="from" required defaultValue={days.from} />
      <label htmlFor={toId}>to</label>
      <input id={toId} type="date" name="to" required defaultValue={days.to} />
      <button type="submit">Show</button>
    </form>
  );
}
