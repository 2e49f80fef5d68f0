namespace ClinicBlazor.Domain.Data;

/// <summary>
/// What a concept does to its rows between two migrations, because SQL could not: it is run after the first, and the
/// second is only applied when it has finished, so that a start that was cut short does it again.
/// </summary>
public abstract class MigrationStep
{
    /// <summary>Name of the migration after which it is run.</summary>
    internal abstract string After { get; }

    /// <summary>Name of the migration that says it has been done.</summary>
    internal abstract string Before { get; }

    /// <summary>Does it; a second run does no harm.</summary>
    internal abstract Task RunAsync(ClinicDbContext db, CancellationToken ct);
}
