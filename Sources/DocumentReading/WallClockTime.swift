internal import CLibICal

// libical counts no seconds before 1970, and rules of holidays often begin long before.

/// Seconds from 1970-01-01 00:00 to a date or time, by a clock on the wall; negative before.
func wallSeconds(_ time: icaltimetype) -> Int {
  // Days since 1970-01-01 in the Gregorian calendar, with years that begin in March.
  let year = Int(time.year) - (time.month <= 2 ? 1 : 0)
  let era = (year >= 0 ? year : year - 399) / 400
  let yearOfEra = year - era * 400
  let month = (Int(time.month) + 9) % 12
  let dayOfYear = (153 * month + 2) / 5 + Int(time.day) - 1
  let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
  let days = era * 146_097 + dayOfEra - 719_468
  return days * 86_400 + Int(time.hour) * 3600 + Int(time.minute) * 60 + Int(time.second)
}

/// The date or time so many seconds after 1970-01-01 00:00, of no time zone.
func wallTime(_ seconds: Int, isDate: Bool) -> icaltimetype {
  var time = icaltime_null_time()
  time.year = 1970
  time.month = 1
  time.day = 1
  time.is_date = isDate ? 1 : 0
  let days = (seconds - (seconds % 86_400 + 86_400) % 86_400) / 86_400
  let rest = seconds - days * 86_400
  icaltime_adjust(&time, Int32(days), Int32(rest / 3600), Int32(rest / 60 % 60), Int32(rest % 60))
  return time
}
