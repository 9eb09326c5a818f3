/** The ways a message can go. */
export const CHANNELS = ['email', 'sms', 'app_io', 'pec'] as const;
export type Channel = (typeof CHANNELS)[number];
