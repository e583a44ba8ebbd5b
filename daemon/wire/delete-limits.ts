/**
 * Delete limits: how many events one call deletes, or keeps, and how many one that only asks what would go. The page
 * uses them too.
 */
export const mostDeleted = 200;
export const mostKept = 200;
export const mostWeighed = 5_000;
