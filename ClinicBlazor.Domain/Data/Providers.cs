using ClinicBlazor.Domain.Audit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace ClinicBlazor.Domain.Data;

/// <summary>The clinic's database on SQLite.</summary>
internal sealed class SqliteClinicDbContext(DbContextOptions<SqliteClinicDbContext> options) : ClinicDbContext(options)
{
    /// <inheritdoc/>
    public override Task<T> InTurnAsync<T>(Func<Task<T>> write, CancellationToken ct) => this.GetService<WriterTurns>().RunAsync(write, ct);

    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder builder)
    {
        base.ConfigureConventions(builder);

        // SQLite cannot compare the text form of a DateTimeOffset; ticks in UTC keep order and precision.
        builder.Properties<DateTimeOffset>().HaveConversion<UtcTicksConverter>();
    }

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);

        // A GUID is text here, and text has more than one spelling of it. Nobody may hide an entry from the queries by
        // respelling what they look for.
        var entry = builder.Entity<AuditEntry>();
        foreach (var property in entry.Metadata.GetProperties().Where(property => property.ClrType == typeof(Guid?)).ToList())
        {
            property.SetValueConverter(typeof(ExactGuidConverter));
        }

        var listed = builder.Entity<AuditListed>();
        listed.Property(row => row.EntryId).HasConversion<ExactGuidConverter>();
        listed.Property(row => row.PatientId).HasConversion<ExactGuidConverter>();
    }

    private sealed class UtcTicksConverter() : ValueConverter<DateTimeOffset, long>(
        moment => moment.UtcTicks, ticks => new DateTimeOffset(ticks, TimeSpan.Zero));
}

/// <summary>The clinic's database on PostgreSQL.</summary>
internal sealed class PostgresClinicDbContext(DbContextOptions<PostgresClinicDbContext> options) : ClinicDbContext(options)
{
    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);

        // Keyset paging and prefix search compare bytes, as SQLite does, whatever the server's language is.
        builder.UseCollation("C");
        foreach (var property in builder.Model.GetEntityTypes().SelectMany(type => type.GetProperties())
            .Where(property => property.ClrType == typeof(string)))
        {
            property.SetCollation("C");
        }
    }
}
