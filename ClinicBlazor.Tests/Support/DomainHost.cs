using ClinicBlazor.Domain;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Protection;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ClinicBlazor.Tests.Support;

/// <summary>
/// The domain as the application runs it: its one registration, a real database of its own, its start-up. Only the
/// clock and the mail are stand-ins. Background services are not started; a test that wants the audit sealed calls the
/// sealer.
/// </summary>
public sealed class DomainHost : IAsyncDisposable
{
    private readonly ServiceProvider services;
    private readonly TestFolder folder;

    private DomainHost(ServiceProvider services, TestFolder folder, DatabaseKind kind, MasterKey masterKey)
    {
        (this.services, this.folder, Kind, MasterKey) = (services, folder, kind, masterKey);
        People = new TestPeople(this);
    }

    public DatabaseKind Kind { get; }

    /// <summary>What the data keys of this database are wrapped with.</summary>
    public MasterKey MasterKey { get; }

    public IServiceProvider Services => services;

    public TestClock Clock => (TestClock)Get<TimeProvider>();

    public RecordingMailer Mailer => (RecordingMailer)Get<IAccountMailer>();

    public ClinicSettings Settings => Get<IOptions<ClinicSettings>>().Value;

    public ClinicDatabase Database => Get<ClinicDatabase>();

    public TestPeople People { get; }

    /// <summary>Starts the domain on a fresh database.</summary>
    public static async Task<DomainHost> StartAsync(DatabaseKind kind, Action<IServiceCollection>? configure = null)
    {
        var data = new TestFolder();
        var connection = await MigratedTemplate.CopyAsync(kind, new ClinicSettings { DataDirectory = data.Path }.SqliteFile);
        var provider = Build(kind, data.Path, connection, new TestClock(), configure);
        var host = new DomainHost(provider, data, kind, MasterKey.FromBase64(MasterKey.Generate()));
        try
        {
            await host.Get<DatabaseStartup>().RunAsync(host.MasterKey, CancellationToken.None);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Starts the domain once more on the same database, with the same key and clock: what a restart, or a second
    /// instance, finds.
    /// </summary>
    public async Task<ServiceProvider> StartAgainAsync()
    {
        var provider = Build(Kind, Settings.DataDirectory, Settings.ConnectionString, Clock, configure: null);
        await provider.GetRequiredService<DatabaseStartup>().RunAsync(MasterKey, CancellationToken.None);
        return provider;
    }

    public T Get<T>()
        where T : notnull =>
        services.GetRequiredService<T>();

    /// <summary>A lease that sees every row, for arranging and for looking at what was stored.</summary>
    internal async Task<ClinicDbContext> OpenAsync() => await Database.OpenUnrestrictedAsync(CancellationToken.None);

    /// <summary>A lease as the pool hands it out, without a scope.</summary>
    internal async Task<ClinicDbContext> LeaseAsync() => Kind == DatabaseKind.Sqlite
        ? await Get<IDbContextFactory<SqliteClinicDbContext>>().CreateDbContextAsync()
        : await Get<IDbContextFactory<PostgresClinicDbContext>>().CreateDbContextAsync();

    /// <summary>Arranges rows past every rule but the database's own, and saves them.</summary>
    internal async Task ArrangeAsync(Action<ClinicDbContext> arrange)
    {
        await using var db = await OpenAsync();
        arrange(db);
        await db.SaveChangesAsync();
    }

    private static ServiceProvider Build(DatabaseKind kind, string folder, string? connection, TestClock clock, Action<IServiceCollection>? configure)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Clinic:DataDirectory"] = folder,
            ["Clinic:Database"] = kind.ToString(),
            ["ConnectionStrings:Clinic"] = connection,
        }).Build();
        var collection = new ServiceCollection()
            .AddLogging()
            .AddSingleton<TimeProvider>(clock)
            .AddSingleton<IAccountMailer, RecordingMailer>()
            .AddClinicDomain(configuration);
        configure?.Invoke(collection);
        return collection.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
    }

    public async ValueTask DisposeAsync()
    {
        var settings = Settings;
        await services.DisposeAsync();
        if (Kind == DatabaseKind.Postgres)
        {
            await (await PostgresCluster.GetAsync()).DropDatabaseAsync(settings.ConnectionString!);
        }
        else
        {
            SqliteConnection.ClearAllPools();
        }

        folder.Dispose();
    }
}
