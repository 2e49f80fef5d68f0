namespace ClinicBlazor.Domain.Kernel;

/// <summary>The machine's clock, read in the clinic's time zone: that decides which day is today.</summary>
internal sealed class ClinicTime(ClinicSettings settings) : TimeProvider
{
    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone { get; } =
        settings.TimeZone.Length == 0 ? TimeZoneInfo.Local : TimeZoneInfo.FindSystemTimeZoneById(settings.TimeZone);
}
