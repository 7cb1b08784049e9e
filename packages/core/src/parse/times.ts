const rfc3339 = /^(\d{4})-(\d{2})-(\d{2})T(\d{1,2}):(\d{2}):(\d{2})(?:[.,]\d+)?(?:Z|[+-](\d{2}):(\d{2}))$/
const timestamp =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[Tt](\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,]\d+)?(?:Z|[+-](\d{2}):(\d{2}))| (\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,]\d+)?)?$/

/** RFC 3339 as Go's time.Parse reads it: any number of digits for fractions of a second, `.` or `,` before them. */
export function isRfc3339(text: string): boolean {
  const parts = rfc3339.exec(text)
  return parts !== null && isPossible(parts.slice(1).map(Number))
}

/** What go-yaml takes for a `!!timestamp` (allowedTimestampFormats of its `resolve.go`). */
export function isTimestamp(text: string): boolean {
  const parts = timestamp.exec(text)?.slice(1)
  if (!parts) return false
  const time = parts[8] === undefined ? parts.slice(3, 8) : parts.slice(8)
  return isPossible([...parts.slice(0, 3), ...time].map(Number))
}

/** @param parts year, month, day, hour, minute, second, and the hours and minutes of a zone; NaN where absent */
function isPossible(parts: number[]): boolean {
  const [year, month, day, hour, minute, second, zoneHour, zoneMinute] = parts.map((part) => part || 0) as [
    number,
    number,
    number,
    number?,
    number?,
    number?,
    number?,
    number?,
  ]
  const days = new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate()
  return (
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= days &&
    (hour ?? 0) < 24 &&
    (minute ?? 0) < 60 &&
    (second ?? 0) < 60 &&
    // Go reads them as numbers, the ends included.
    (zoneHour ?? 0) <= 24 &&
    (zoneMinute ?? 0) <= 60
  )
}
