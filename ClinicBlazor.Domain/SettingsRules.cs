using System.ComponentModel.DataAnnotations;

namespace ClinicBlazor.Domain;

/// <summary>What is wrong with the settings of the section <see cref="ClinicSettings.Section"/>.</summary>
public static class SettingsRules
{
    private const string Idle = $"{ClinicSettings.Section}:{nameof(ClinicSettings.Idle)}";

    /// <summary>A sentence for each wrong value, which begins with the setting's name; empty when all is well.</summary>
    public static IReadOnlyList<string> Check(ClinicSettings settings)
    {
        var problems = Annotated(settings, ClinicSettings.Section).Concat(Annotated(settings.Idle, Idle)).ToList();
        var limits = settings.Idle;
        if (limits.WarningSeconds >= Math.Min(limits.StaffSeconds, Math.Min(limits.PatientSeconds, limits.KioskSeconds)))
        {
            problems.Add($"{Idle}:{nameof(IdleSettings.WarningSeconds)} must be less than every limit of {Idle}.");
        }

        return problems;
    }

    private static IEnumerable<string> Annotated(object section, string name)
    {
        var found = new List<ValidationResult>();
        Validator.TryValidateObject(section, new ValidationContext(section), found, validateAllProperties: true);
        return found.Select(result => $"{name}:{result.MemberNames.Single()} is wrong: {result.ErrorMessage}");
    }
}
