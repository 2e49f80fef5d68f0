using System.Globalization;
using ClinicBlazor.App.Shared;
using ClinicBlazor.Domain.Patients;

namespace ClinicBlazor.App.Patients;

/// <summary>How facts about patients are written on staff pages.</summary>
internal static class PatientText
{
    /// <summary>A date with the month as a word, so that nobody takes the day for the month.</summary>
    public static string Date(DateOnly date) => date.ToString("d MMM yyyy", CultureInfo.CurrentCulture);

    /// <summary>A moment in the clinic's time zone: the time alone for today, else the date.</summary>
    public static string Moment(TimeProvider clock, DateTimeOffset moment)
    {
        var local = clock.Local(moment);
        var day = DateOnly.FromDateTime(local.DateTime);
        return day == clock.Today() ? local.ToString("t", CultureInfo.CurrentCulture) : Date(day);
    }

    /// <summary>Administrative sex as one letter for narrow columns; the key of its translation.</summary>
    public static string ShortSex(Sex sex) => sex switch
    {
        Sex.Female => "F",
        Sex.Male => "M",
        Sex.Other => "other",
        Sex.Unknown => "",
    };
}
