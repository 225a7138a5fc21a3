import { createContext, type MouseEvent, type ReactNode, use } from 'react';
import { hrefOf, type Place } from '../place.ts';

/** How to go to another place; the App provides it. */
export const GoContext = createContext<(place: Place) => void>(() => undefined);

type Props = { readonly to: Place; readonly isCurrent?: boolean; readonly children: ReactNode };

/** A real link: it can be opened in a tab of its own, and copied. A plain click doesn't load the page anew. */
export function Link({ to, isCurrent = false, children }: Props) {
  const go = use(GoContext);
  const onClick = (event: MouseEvent) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    go(to);
  };
  return (
    <a href={hrefOf(to)} onClick={onClick} aria-current={isCurrent ? 'true' : undefined}>
      {children}
    </a>
  );
}
