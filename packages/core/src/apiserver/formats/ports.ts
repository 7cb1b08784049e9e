/** IsValidPortNum of k8s.io/apimachinery pkg/util/validation. */
export const isPort = (port: number): boolean => port >= 1 && port <= 65535
