namespace ClinicBlazor.Domain.Patients;

/// <summary>What an age is counted in.</summary>
public enum AgeUnit
{
    /// <summary>Days, in the first two weeks.</summary>
    Days,

    /// <summary>Weeks, up to three months.</summary>
    Weeks,

    /// <summary>Months, up to two years.</summary>
    Months,

    /// <summary>Years.</summary>
    Years,
}

/// <summary>An age as it is said: infants' in days, weeks or months.</summary>
/// <param name="Count">How many.</param>
/// <param name="Unit">Of what.</param>
public readonly record struct Age(int Count, AgeUnit Unit)
{
    private const int DaysOfWeek = 7;

    /// <summary>The age of somebody born on a day.</summary>
    public static Age On(DateOnly birthDate, DateOnly today)
    {
        var days = today.DayNumber - birthDate.DayNumber;
        var months = ((today.Year - birthDate.Year) * 12) + today.Month - birthDate.Month;
        months -= today < birthDate.AddMonths(months) ? 1 : 0;
        return (days, months) switch
        {
            ( < 2 * DaysOfWeek, _) => new Age(days, AgeUnit.Days),
            (_, < 3) => new Age(days / DaysOfWeek, AgeUnit.Weeks),
            (_, < 24) => new Age(months, AgeUnit.Months),
            _ => new Age(months / 12, AgeUnit.Years),
        };
    }
}
