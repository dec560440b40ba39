/** How long a store keeps what the engine itself writes, in milliseconds. Dead letters stay until a person has seen to them. */
const dayMs = 86_400_000;

export const kept = {
  /** Replies for a repeated key. */
  replies: dayMs,
  /** Events, and deliveries that are done or discarded. */
  events: 30 * dayMs,
  /** The audit trail: ten years. */
  audit: 3_653 * dayMs,
} as const;
