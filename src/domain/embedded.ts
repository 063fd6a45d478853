/** The embedded model's name. It runs on this computer: it costs nothing, and whoever asks for it needs neither key nor network. */
export const embedded = 'offline';
