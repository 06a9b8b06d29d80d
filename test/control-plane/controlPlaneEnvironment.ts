/** By which variables a test run hands its control plane on to its test files. */
export const controlPlaneEnvironment = {
  /** Path of a RunningControlPlane as JSON. */
  file: "TEST_CONTROL_PLANE",
  /** Why there is none. */
  missing: "TEST_CONTROL_PLANE_MISSING",
} as const;
