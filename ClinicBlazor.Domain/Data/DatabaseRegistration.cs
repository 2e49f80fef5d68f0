using System.Data.Common;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Audit;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace ClinicBlazor.Domain.Data;

/// <summary>Registers the database of the chosen kind as a pool of contexts behind <see cref="ClinicDatabase"/>.</summary>
internal static class DatabaseRegistration
{
    /// <summary>Registers both kinds; the settings choose when the first lease is taken.</summary>
    public static IServiceCollection AddClinicDatabase(this IServiceCollection services)
    {
        services.AddSingleton<WriteGuard>();
        services.AddPooledDbContextFactory<SqliteClinicDbContext>((provider, options) =>
            UseSqlite(options, Settings(provider).SqliteFile).AddInterceptors(provider.GetRequiredService<WriteGuard>()));
        services.AddPooledDbContextFactory<PostgresClinicDbContext>((provider, options) =>
            UsePostgres(options, Settings(provider).ConnectionString!).AddInterceptors(provider.GetRequiredService<WriteGuard>()));
        services.AddSingleton(provider => new ClinicDatabase(
            LeaseOf(provider), new EarlyReads(ConnectionOf(provider)), provider.GetRequiredService<AuditTrail>(), provider.GetRequiredService<SessionEvents>(), provider.GetRequiredService<AdministrationNetworks>(),
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<ClinicDatabase>>()));
        services.AddSingleton<DatabaseStartup>();
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

    private static Func<CancellationToken, ValueTask<ClinicDbContext>> LeaseOf(IServiceProvider provider) => Settings(provider).Database switch
    {
        DatabaseKind.Sqlite => async ct => await provider.GetRequiredService<IDbContextFactory<SqliteClinicDbContext>>().CreateDbContextAsync(ct),
        DatabaseKind.Postgres => async ct => await provider.GetRequiredService<IDbContextFactory<PostgresClinicDbContext>>().CreateDbContextAsync(ct),
        _ => throw NoSuchDatabase(),
    };

    private static Func<DbConnection> ConnectionOf(IServiceProvider provider) => Settings(provider).Database switch
    {
        // A file that is not there is made by migrating, and not by looking into it.
        DatabaseKind.Sqlite => () => new SqliteConnection(Sqlite(Settings(provider).SqliteFile, SqliteOpenMode.ReadWrite)),
        DatabaseKind.Postgres => () => new NpgsqlConnection(Settings(provider).ConnectionString),
        _ => throw NoSuchDatabase(),
    };

    private static string Sqlite(string file, SqliteOpenMode mode) =>
        new SqliteConnectionStringBuilder { DataSource = file, ForeignKeys = true, DefaultTimeout = 10, Mode = mode }.ToString();

    private static InvalidOperationException NoSuchDatabase() => new("Clinic:Database is neither Sqlite nor Postgres.");

    private static ClinicSettings Settings(IServiceProvider provider) => provider.GetRequiredService<IOptions<ClinicSettings>>().Value;
}
