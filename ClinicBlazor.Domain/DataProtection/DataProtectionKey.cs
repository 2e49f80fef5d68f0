using ClinicBlazor.Domain.Protection;

namespace ClinicBlazor.Domain.DataProtection;

/// <summary>
/// A key of ASP.NET's data protection, which signs antiforgery tokens and what circuits hand to the browser. All
/// instances share it through the database, where it lies sealed by the key ring.
/// </summary>
internal sealed class DataProtectionKey : ISealedRow
{
    /// <summary>Id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The framework's XML.</summary>
    public required SealedText Xml { get; init; }

    /// <summary>When it was stored.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    RowOwner ISealedRow.Owner => RowOwner.Clinic;
}
