import { useEffect, useState } from 'react';
import { formatDate } from '../format.ts';

/** How late a new day may be noticed. */
const everyMs = 5_000;

/** Today's date as formatDate has it, also of a page that stays open overnight. */
export function useToday(): string {
  const [today, setToday] = useState(() => formatDate(new Date()));
  useEffect(() => {
    const timer = setInterval(() => setToday(formatDate(new Date())), everyMs);
    return () => clearInterval(timer);
  }, []);
  return today;
}
