using System.Globalization;

namespace ClinicBlazor.Domain.Security;

/// <summary>What a review counts.</summary>
public enum AuditFigure
{
    /// <summary>All entries.</summary>
    Entries,

    /// <summary>People who acted.</summary>
    People,

    /// <summary>Sign-ins.</summary>
    SignIns,

    /// <summary>Sign-ins that failed, at whichever step.</summary>
    FailedSignIns,

    /// <summary>Refusals.</summary>
    Denials,

    /// <summary>Input that looked like an attack.</summary>
    AttackInput,

    /// <summary>Charts and records that were read or printed.</summary>
    ChartReads,

    /// <summary>SSNs and TINs that were shown in full.</summary>
    IdentifiersShown,

    /// <summary>Roles given, changed, confirmed or taken back, and accounts linked to patients or parted from them.</summary>
    PowerChanges,

    /// <summary>Sessions that were used from elsewhere, and ended.</summary>
    SessionsMoved,

    /// <summary>Looks that patients did not recognise.</summary>
    LooksReported,

    /// <summary>Of such looks, those that were answered.</summary>
    LooksAnswered,
}

/// <summary>The figures of a month.</summary>
/// <param name="Counts">A number for each figure.</param>
/// <param name="VerifiedAt">When the whole chain was last verified since the month began; null when it was not.</param>
/// <param name="Held">Whether it held then.</param>
public sealed record AuditFigures(IReadOnlyDictionary<AuditFigure, long> Counts, DateTimeOffset? VerifiedAt, bool Held)
{
    /// <summary>Longest form of a column that holds them.</summary>
    public const int Longest = 600;

    private const string Verified = "Verified";
    private const string Broken = "Broken";

    /// <summary>The fixed form: a name and a number each, as they stood when they were signed for.</summary>
    internal string Write() => string.Join(';',
    [
        .. Enum.GetValues<AuditFigure>().Select(figure =>
            string.Create(CultureInfo.InvariantCulture, $"{figure}={Counts.GetValueOrDefault(figure)}")),
        .. VerifiedAt is { } at
            ? [string.Create(CultureInfo.InvariantCulture, $"{(Held ? Verified : Broken)}={at.UtcTicks}")] : Array.Empty<string>(),
    ]);

    /// <summary>What was written; a figure that is not there, or no number, is left out.</summary>
    internal static AuditFigures Read(string text)
    {
        var parts = text.Split(';').Select(part => part.Split('=')).Where(part => part.Length == 2)
            .Select(part => (Name: part[0],
                IsNumber: long.TryParse(part[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number), Number: number))
            .Where(part => part.IsNumber).DistinctBy(part => part.Name).ToDictionary(part => part.Name, part => part.Number);
        var held = parts.TryGetValue(Verified, out var ticks);
        var verified = held || parts.TryGetValue(Broken, out ticks);
        return new AuditFigures(
            Enum.GetValues<AuditFigure>().Where(figure => parts.ContainsKey($"{figure}"))
                .ToDictionary(figure => figure, figure => parts[$"{figure}"]),
            verified && ticks <= DateTimeOffset.MaxValue.UtcTicks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null, held);
    }
}
