import { expect, test } from 'vitest';
import { formatDate, formatMoment } from '../../examples/frontend/src/format.ts';

// By the clock of whoever runs this, wherever that is.
const today = formatDate(new Date(2026, 2, 2, 18, 30));

test.each([
  { title: 'this afternoon', moment: new Date(2026, 2, 2, 14, 3), shown: '14:03' },
  { title: 'the first minute of today', moment: new Date(2026, 2, 2, 0, 0), shown: '00:00' },
  { title: 'the last minute of yesterday', moment: new Date(2026, 2, 1, 23, 59), shown: '1 Mar 2026, 23:59' },
  { title: 'the same day of another month', moment: new Date(2026, 1, 2, 14, 3), shown: '2 Feb 2026, 14:03' },
  { title: 'the same day of another year', moment: new Date(2025, 2, 2, 14, 3), shown: '2 Mar 2025, 14:03' },
])('a moment is shown by its time, and by its date where that isn’t today’s: $title', ({ moment, shown }) => {
  expect(formatMoment(moment.toISOString(), today)).toBe(shown);
});
