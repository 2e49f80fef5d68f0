using System.Globalization;
using ClinicBlazor.App.Shared;
using ClinicBlazor.Domain.Patients;
using Microsoft.Extensions.Localization;

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

    /// <summary>An age with its unit; the key of its translation.</summary>
    public static string AgeKey(AgeUnit unit) => unit switch
    {
        AgeUnit.Days => "{0} d",
        AgeUnit.Weeks => "{0} wk",
        AgeUnit.Months => "{0} mo",
        AgeUnit.Years => "{0} y",
    };

    /// <summary>An age for narrow columns: years without their unit.</summary>
    public static string ShortAge(DateOnly birthDate, TimeProvider clock, IStringLocalizer texts)
    {
        var age = Age.On(birthDate, clock.Today());
        return age.Unit == AgeUnit.Years ? age.Count.ToString(CultureInfo.CurrentCulture) : texts[AgeKey(age.Unit), age.Count];
    }

    /// <summary>By what two people look alike; the key of its translation.</summary>
    public static string SignKey(DuplicateSign sign) => sign switch
    {
        DuplicateSign.Ssn => "same SSN",
        DuplicateSign.Name => "same name",
        DuplicateSign.NameSound => "name sounds alike",
        DuplicateSign.BirthDate => "same birth date",
        DuplicateSign.BirthDateAlmost => "birth date almost the same",
        DuplicateSign.Phone => "same phone",
    };

    /// <summary>Administrative sex as one letter for narrow columns; the key of its translation.</summary>
    public static string ShortSex(Sex sex) => sex switch
    {
        Sex.Female => "F",
        Sex.Male => "M",
        Sex.Other => "other",
        Sex.Unknown => "",
    };
}
