import { useEffect, useRef } from 'react';
import { usePlace } from './hooks/use-place.ts';
import { daysOf, rowsKeyOf } from './place.ts';
import { timeZone } from './settings.ts';
import { Boundary } from './views/boundary.tsx';
import { Conversations } from './views/conversations.tsx';
import { DaysPicker } from './views/days-picker.tsx';
import { Leaderboard } from './views/leaderboard.tsx';
import { GoContext } from './views/link.tsx';

/** The page: which days, and of them either the leaderboard or somebody's conversations. */
export function App() {
  const [place, go] = usePlace();
  const days = daysOf(place, timeZone);
  const { view } = place;
  const main = useFocusOnChange(view.kind);
  return (
    <GoContext value={go}>
      <header className="page-header">
        <h1>Auto QA scores</h1>
        <DaysPicker place={place} days={days} />
      </header>
      <main ref={main} tabIndex={-1}>
        <Boundary key={rowsKeyOf(days, view)}>
          {view.kind === 'leaderboard' ? (
            <Leaderboard days={days} span={place.span} orderBy={view.orderBy} />
          ) : (
            <Conversations days={days} span={place.span} agentId={view.agentId} order={view.order} />
          )}
        </Boundary>
      </main>
    </GoContext>
  );
}

/** Whoever goes from one view to another by keyboard or screen reader goes on at the beginning of it, and not at the top of the page. */
function useFocusOnChange(view: string) {
  const main = useRef<HTMLElement>(null);
  const shown = useRef(view);
  useEffect(() => {
    if (shown.current === view) return;
    shown.current = view;
    window.scrollTo(0, 0);
    main.current?.focus({ preventScroll: true });
  }, [view]);
  return main;
}
