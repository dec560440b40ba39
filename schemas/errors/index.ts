/** Stable error codes and the problem+json shape. */
export { type ErrorCode, errorTable, type ModuleErrorStatus } from './codes.ts';
export { type FieldProblem, Problem, type ProblemDetails, type ProblemOptions } from './problem.ts';
