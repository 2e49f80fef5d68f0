using ClinicBlazor.Domain;
using ClinicBlazor.Domain.Accounts.Mail;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Protection;
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

    /// <summary>Every mail, after all that are due were sent.</summary>
    public async Task<IReadOnlyCollection<AccountMail>> SentAsync()
    {
        await Get<MailSender>().SendDueAsync(CancellationToken.None);
        return Mailer.Sent;
    }

    public ClinicSettings Settings => Get<IOptions<ClinicSettings>>().Value;

    public ClinicGate Gate => Get<ClinicGate>();

    public TestPeople People { get; }

    /// <summary>Starts the domain on a fresh database.</summary>
    public static async Task<DomainHost> StartAsync(DatabaseKind kind, Action<IServiceCollection>? configure = null,
        string? masterKey = null)
    {
        var data = new TestFolder();
        var connection = await MigratedTemplate.CopyAsync(kind, new ClinicSettings { DataDirectory = data.Path }.SqliteFile);
        var provider = Build(kind, data.Path, connection, new TestClock(), configure);
        var host = new DomainHost(provider, data, kind, MasterKey.FromBase64(masterKey ?? MasterKey.Generate()));
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
    public async Task<ServiceProvider> StartAgainAsync(Action<IServiceCollection>? configure = null)
    {
        var provider = Build(Kind, Settings.DataDirectory, Settings.ConnectionString, Clock, configure);
        await provider.GetRequiredService<DatabaseStartup>().RunAsync(MasterKey, CancellationToken.None);
        return provider;
    }

    public T Get<T>()
        where T : notnull =>
        services.GetRequiredService<T>();

    /// <summary>A lease that sees every row, for arranging and for looking at what was stored.</summary>
    internal async Task<ClinicDbContext> OpenAsync() => await Gate.OpenUnrestrictedAsync(CancellationToken.None);

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

    /// <summary>The link of a patient's account that waits or is in force, else the last one that was; null when there was none.</summary>
    internal async Task<AccountLink?> LinkOfAsync(Guid patientId)
    {
        await using var db = await OpenAsync();
        return await db.Set<AccountLink>().Where(link => link.PatientId == patientId)
            .OrderByDescending(link => link.EndedAt == null).ThenByDescending(link => link.RequestedAt).FirstOrDefaultAsync();
    }

    private static ServiceProvider Build(DatabaseKind kind, string folder, string? connection, TestClock clock,
        Action<IServiceCollection>? configure)
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
        collection.UseCheapPasswords();
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
            SqlitePools.Clear(settings.SqliteFile);
        }

        folder.Dispose();
    }
}
