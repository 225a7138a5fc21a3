import { Component, type ReactNode } from 'react';

type Props = { readonly children: ReactNode };

/** A bug of this page, or a piece of it that could not be loaded, takes down one view and says so. */
export class Boundary extends Component<Props, { readonly hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  override render() {
    if (!this.state.hasFailed) return this.props.children;
    return (
      <div className="note failure" role="alert">
        <p>
          <strong>This page failed.</strong> Loading it again may help.
        </p>
        <button type="button" onClick={() => window.location.reload()}>
          Load again
        </button>
      </div>
    );
  }
}
