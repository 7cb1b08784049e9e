/** What the ids of the API server's reasons begin with, here as everywhere. */
export const apiServer = 'api-server/'

/** The rule of directives that do nothing; elsewhere, too, its id is `daemonlint/unused-directive`. */
export const unusedDirective = 'unused-directive'
