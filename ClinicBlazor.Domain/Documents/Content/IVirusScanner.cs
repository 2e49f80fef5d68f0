namespace ClinicBlazor.Domain.Documents.Content;

/// <summary>What a scanner found.</summary>
public enum ScanVerdict
{
    /// <summary>Nothing.</summary>
    Clean,

    /// <summary>A virus, or what the scanner takes for one.</summary>
    Infected,
}

/// <summary>Looks for viruses.</summary>
public interface IVirusScanner
{
    /// <summary>False when the clinic has set no scanner.</summary>
    bool IsOn { get; }

    /// <summary>
    /// Looks through all that <paramref name="plain"/> gives. Throws <see cref="ScanNotPossibleException"/> when there is no verdict:
    /// what was not scanned to its end is never clean.
    /// </summary>
    Task<ScanVerdict> ScanAsync(Stream plain, CancellationToken ct);
}

/// <summary>A scanner gave no verdict. The message names no secret and nothing of the file, and may be logged.</summary>
public sealed class ScanNotPossibleException(string message, Exception? inner = null) : Exception(message, inner);
