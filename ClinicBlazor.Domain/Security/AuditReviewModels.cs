namespace ClinicBlazor.Domain.Security;

/// <summary>A month that is over, and whether its audit was signed off.</summary>
/// <param name="Month">Its first day.</param>
/// <param name="SignedAt">When it was signed off, UTC; null while nobody has.</param>
/// <param name="SignedBy">Name of who did; null while nobody has.</param>
/// <param name="Figures">What was signed for; null while nobody has.</param>
public sealed record ReviewRow(DateOnly Month, DateTimeOffset? SignedAt, string? SignedBy, AuditFigures? Figures);

/// <summary>The audit of a month.</summary>
/// <param name="Month">Its first day.</param>
/// <param name="Figures">Its figures: those that were signed for, else as they are counted now.</param>
/// <param name="SignedAt">When it was signed off, UTC; null while nobody has.</param>
/// <param name="SignedBy">Name of who did; null while nobody has.</param>
/// <param name="Note">What was written to it; null for nothing.</param>
public sealed record ReviewDetails(DateOnly Month, AuditFigures Figures, DateTimeOffset? SignedAt, string? SignedBy, string? Note)
{
    /// <summary>Which entries a figure counts; null for one that counts no entries.</summary>
    public static FigureFilter? FilterOf(AuditFigure figure) => AuditCounter.FilterOf(figure);
}
