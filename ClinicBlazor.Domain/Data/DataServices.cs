using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data.Keys;
using ClinicBlazor.Domain.Protection;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ClinicBlazor.Domain.Data;

/// <summary>Registers the database of the chosen kind as a pool of contexts behind <see cref="ClinicGate"/>.</summary>
internal static class DataServices
{
    /// <summary>Registers both kinds of database; the settings choose when the first lease is taken.</summary>
    public static IServiceCollection AddData(this IServiceCollection services)
    {
        services.AddSingleton<WriteGuard>();
        services.AddSingleton<WriterTurns>();
        services.AddPooledDbContextFactory<SqliteClinicDbContext>((provider, options) =>
            UseSqlite(options, Settings(provider).SqliteFile).AddInterceptors(provider.GetRequiredService<WriteGuard>()));
        services.AddPooledDbContextFactory<PostgresClinicDbContext>((provider, options) =>
            UsePostgres(options, Settings(provider).ConnectionString!).AddInterceptors(provider.GetRequiredService<WriteGuard>()));
        services.AddSingleton(provider => new ClinicGate(
            LeaseOf(provider), provider.GetRequiredService<AuditTrail>(), new CommandReceipts(provider.GetRequiredService<TokenHasher>()),
            provider.GetServices<IChangeObserver>(), new OwnerLookups(provider.GetServices<IOwnerLookup>()),
            provider.GetRequiredService<AdministrationNetworks>(), provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<ClinicGate>>()));
        services.AddSingleton(provider => new AuditDatabase(
            async ct => await provider.GetRequiredService<ClinicGate>().OpenUnrestrictedAsync(ct), ConcurrentChange.Is));
        services.AddSingleton(_ => SqliteLibrary.Loaded());
        services.AddSingleton<DiskProbe>();
        services.AddSingleton<IDiskGauge, DiskGauge>();
        services.AddSingleton<Outdated>(new Outdated<CommandReceipt>("receipts", now =>
        {
            var before = now - CommandReceipt.Life;
            return receipt => receipt.At < before;
        }));
        services.AddSingleton<Outdated>(new Outdated<DenialTally>("counted minutes", now =>
        {
            var before = DenialTally.MinuteOf(now.AddHours(-1));
            return tally => tally.Minute < before && tally.Count <= DenialTally.Each;
        }));
        services.AddSingleton<DenialSweeper>();
        services.AddHostedService(provider => provider.GetRequiredService<DenialSweeper>());
        services.AddSingleton<NightlyCleaner>();
        services.AddHostedService(provider => provider.GetRequiredService<NightlyCleaner>());
        services.AddHostedService<WalCheckpointer>();
        services.AddSingleton<PageGuard>();
        services.AddSingleton<AttackReport>();
        services.AddTransient<DatabaseInspection>();
        services.AddSingleton<KeyStore>();
        services.AddSingleton<Resealer>();
        services.AddSingleton<OwnerUpgrade>();
        services.AddHostedService<KeyWatch>();
        services.AddSingleton(provider => new KeyRotator(
            provider.GetRequiredService<ClinicGate>(), provider.GetRequiredService<KeyStore>(), provider.GetRequiredService<KeyRing>(),
                provider.GetRequiredService<Resealer>(),
            provider.GetRequiredService<KeySettings>(), provider.GetRequiredService<AuditTrail>(),
                provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new DatabaseStartup(
            provider.GetRequiredService<ClinicGate>(), provider.GetRequiredService<AuditTrail>(), provider.GetRequiredService<KeyRing>(),
                provider.GetRequiredService<KeyStore>(),
            provider.GetRequiredService<OwnerUpgrade>(), provider.GetServices<MigrationStep>(),
                provider.GetRequiredService<SqliteLibrary>(),
            provider.GetRequiredService<DiskProbe>(), provider.GetRequiredService<IOptions<ClinicSettings>>(),
                provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<DatabaseStartup>>()));
        return services;
    }

    /// <summary>SQLite with the settings that keep what was acknowledged.</summary>
    public static DbContextOptionsBuilder UseSqlite(DbContextOptionsBuilder options, string file)
    {
        return options.UseSqlite(Sqlite(file, SqliteOpenMode.ReadWriteCreate))
            .AddInterceptors(SqlitePragmas.Instance)
            .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking);
    }

    /// <summary>PostgreSQL; a statement that takes longer than 60 s is given up.</summary>
    public static DbContextOptionsBuilder UsePostgres(DbContextOptionsBuilder options, string connection) =>
        options.UseNpgsql(connection, npgsql => npgsql.CommandTimeout(60))
            .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking);

    private static Func<CancellationToken, ValueTask<ClinicDbContext>> LeaseOf(IServiceProvider provider) =>
        Settings(provider).Database switch
        {
            DatabaseKind.Sqlite => async ct =>
                await provider.GetRequiredService<IDbContextFactory<SqliteClinicDbContext>>().CreateDbContextAsync(ct),
            DatabaseKind.Postgres => async ct =>
                await provider.GetRequiredService<IDbContextFactory<PostgresClinicDbContext>>().CreateDbContextAsync(ct),
            _ => throw NoSuchDatabase(),
        };

    private static string Sqlite(string file, SqliteOpenMode mode) =>
        new SqliteConnectionStringBuilder { DataSource = file, ForeignKeys = true, DefaultTimeout = 10, Mode = mode }.ToString();

    private static InvalidOperationException NoSuchDatabase() => new("Clinic:Database is neither Sqlite nor Postgres.");

    private static ClinicSettings Settings(IServiceProvider provider) => provider.GetRequiredService<IOptions<ClinicSettings>>().Value;
}
