using System.ComponentModel.DataAnnotations;

namespace ClinicBlazor.Domain.Kernel;

/// <summary>What is wrong with the settings of the section <see cref="ClinicSettings.Section"/>.</summary>
public static class SettingsRules
{
    private const string Keys = $"{ClinicSettings.Section}:{nameof(ClinicSettings.Keys)}";
    private const string Anchors = $"{ClinicSettings.Section}:{nameof(ClinicSettings.Anchors)}";
    private const string Documents = $"{ClinicSettings.Section}:{nameof(ClinicSettings.Documents)}";
    private const string Idle = $"{ClinicSettings.Section}:{nameof(ClinicSettings.Idle)}";

    /// <summary>A sentence for each wrong value, which begins with the setting's name; empty when all is well.</summary>
    public static IReadOnlyList<string> Check(ClinicSettings settings)
    {
        var problems = Annotated(settings, ClinicSettings.Section).Concat(Annotated(settings.Idle, Idle))
            .Concat(Annotated(settings.Keys, Keys))
            .Concat(Annotated(settings.Anchors, Anchors)).Concat(Annotated(settings.Documents, Documents))
            .Concat(Annotated(settings.Alerts, AlertSettingsRules.Section))
            .Concat(AlertSettingsRules.Check(settings.Alerts)).ToList();
        var limits = settings.Idle;
        if (limits.WarningSeconds >= Math.Min(limits.StaffSeconds, Math.Min(limits.PatientSeconds, limits.KioskSeconds)))
        {
            problems.Add($"{Idle}:{nameof(IdleSettings.WarningSeconds)} must be less than every limit of {Idle}.");
        }

        if (settings.TimeZone.Length > 0 && !TimeZoneInfo.TryFindSystemTimeZoneById(settings.TimeZone, out _))
        {
            problems.Add(
                $"{ClinicSettings.Section}:{nameof(ClinicSettings.TimeZone)} is no time zone that this machine knows, for example Europe/Madrid.");
        }

        if (!Money.Knows(settings.Currency))
        {
            problems.Add(
                $"{ClinicSettings.Section}:{nameof(ClinicSettings.Currency)} is no currency that the clinic can count in, for example USD or EUR.");
        }

        if (!string.IsNullOrWhiteSpace(settings.Anchors.Webhook) && !IsSafe(settings.Anchors.Webhook))
        {
            problems.Add($"{Anchors}:{nameof(AnchorSettings.Webhook)} must be an https address; http is for this machine only.");
        }

        if (!string.IsNullOrWhiteSpace(settings.Documents.Clamd) && ClamdAddress.Read(settings.Documents.Clamd) is null)
        {
            problems.Add(
                $"{Documents}:{nameof(DocumentSettings.Clamd)} must be the full path of a Unix socket, or tcp:// with this machine and a port, for example tcp://127.0.0.1:3310.");
        }

        return problems;
    }

    /// <summary>True for an https address, and for one of plain http to this machine.</summary>
    internal static bool IsSafe(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var url)
            && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback));

    private static IEnumerable<string> Annotated(object section, string name)
    {
        var found = new List<ValidationResult>();
        Validator.TryValidateObject(section, new ValidationContext(section), found, validateAllProperties: true);
        return found.Select(result => $"{name}:{result.MemberNames.Single()} is wrong: {result.ErrorMessage}");
    }
}
