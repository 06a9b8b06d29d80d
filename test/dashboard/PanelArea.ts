/** Where a panel's contents go, in pixels from the panel's corner. */
export interface PanelArea {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
