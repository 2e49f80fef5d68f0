using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using ClinicBlazor.App.Composition;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Demo;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Protection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.SignalR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ClinicBlazor.Tests.Support;

/// <summary>
/// The application as its own program starts it: real pipeline, real server on a free port of the loopback address, a
/// data directory of its own, the demo clinic. Only the clock is a stand-in, and rate limits are off unless set on.
/// </summary>
public sealed class AppHost : IAsyncDisposable
{
    private static readonly ConcurrentDictionary<Uri, AppHost> Running = new();

    private readonly IHost host;
    private readonly TestFolder data;
    private Uri? served;

    private AppHost(IHost host, TestFolder data) => (this.host, this.data) = (host, data);

    /// <summary>The application's clock: it runs, and can be put forward.</summary>
    public RunningClock Clock => (RunningClock)Get<TimeProvider>();

    public Uri Address => new(Get<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public string DataDirectory => data.Path;

    /// <summary>
    /// Starts an application; <paramref name="settings"/> win over the fixture's own. Outside Development there is no
    /// demo clinic, and the connection is plain unless <paramref name="configure"/> makes it otherwise. What it finds is a database
    /// that was started before, or outside Development one that was migrated; with settings of where the data lies, or where
    /// anchors are put, which begin with the first start, it finds nothing but these.
    /// </summary>
    public static async Task<AppHost> StartAsync(
        IReadOnlyDictionary<string, string?>? settings = null, Action<WebApplicationBuilder>? configure = null,
            string environment = "Development")
    {
        var folder = new TestFolder();
        await FillAsync(folder.Path, settings ?? new Dictionary<string, string?>(), environment);
        var app = Build(folder.Path, settings, configure, environment);
        var made = new AppHost(app, folder);
        try
        {
            await app.ServeAsync(CancellationToken.None);
            Running[made.served = made.Address] = made;
            return made;
        }
        catch
        {
            await made.DisposeAsync();
            throw;
        }
    }

    private static async Task FillAsync(string folder, IReadOnlyDictionary<string, string?> settings, string environment)
    {
        if (settings.Keys.Any(name => name == "Clinic:DataDirectory" || name.StartsWith("Clinic:Anchors", StringComparison.Ordinal)))
        {
            return;
        }

        if (environment == "Development")
        {
            await StartedClinic.CopyAsync(folder);
        }
        else
        {
            await MigratedTemplate.CopyAsync(DatabaseKind.Sqlite, new ClinicSettings { DataDirectory = folder }.SqliteFile);
        }
    }

    private static WebApplication Build(string folder, IReadOnlyDictionary<string, string?>? settings,
        Action<WebApplicationBuilder>? configure, string environment)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(ClinicHost).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = environment,
        });
        builder.Configuration
            .AddInMemoryCollection(
                new Dictionary<string, string?>
                {
                    ["Clinic:DataDirectory"] = folder, ["Clinic:RateLimits:Enabled"] = "false",
                    ["AllowedHosts"] = environment == "Development" ? "*" : "127.0.0.1;clinic.example.org"
                })

            // Development makes its own, which a second instance on the same folder finds.
            .AddInMemoryCollection(
                new Dictionary<string, string?> { ["Clinic:MasterKey"] = environment == "Development" ? null : MasterKey.Generate() })
            .AddInMemoryCollection(settings ?? new Dictionary<string, string?>());
        builder.Services.AddSingleton<TimeProvider>(new RunningClock());
        builder.Services.UseCheapPasswords();
        builder.WebHost.UseUrls("http://127.0.0.1:0");

        // The raw circuits of the tests send nothing by themselves, and a busy browser sends late.
        builder.Services.Configure<HubOptions>(hub => hub.ClientTimeoutInterval = TimeSpan.FromMinutes(5));
        configure?.Invoke(builder);

        // The tests read its log file.
        return ClinicHost.Build(builder, logToConsole: false);
    }

    public T Get<T>()
        where T : notnull =>
        host.Services.GetRequiredService<T>();

    /// <summary>Somebody who has just opened a browser.</summary>
    public HttpVisitor NewVisitor() => new(this);

    /// <summary>Somebody whose sign-in is complete, without going through its pages.</summary>
    public async Task<HttpVisitor> NewVisitorAsync(string email)
    {
        var visitor = NewVisitor();
        visitor.TakeSession(await OpenSessionAsync(email, HttpVisitor.Client));
        return visitor;
    }

    /// <summary>A complete session of an account; the answer is what the browser's cookie holds.</summary>
    public async Task<string> OpenSessionAsync(string email, Domain.Access.ClientInfo client)
    {
        var normalized = Account.Normalize(email);
        await using var db = await OpenAsync();
        var account = await db.Set<Account>().SingleAsync(row => row.NormalizedEmail == normalized);
        var session = Get<SessionService>().Start(db, account, SessionStage.Full, client);
        await db.SaveChangesAsync();
        return session.Token;
    }

    /// <summary>Puts the clock forward while somebody does something in all sessions of an account, every other minute.</summary>
    public async Task WorkOnAsync(string email, TimeSpan time)
    {
        var normalized = Account.Normalize(email);
        await using var db = await OpenAsync();
        var sessions = await db.Set<Session>().Join(db.Set<Account>().Where(row => row.NormalizedEmail == normalized), row => row.AccountId,
            row => row.Id, (row, _) => row.Id).ToListAsync();
        var step = TimeSpan.FromMinutes(1);
        for (var worked = TimeSpan.Zero; worked < time; worked += step)
        {
            Clock.Advance(step);
            sessions.ForEach(Get<SessionActivity>().Mark);
        }
    }

    /// <summary>A code of a demo account's authenticator that was not used yet; puts the clock forward where that takes it.</summary>
    public async Task<string> NewCodeAsync(string email)
    {
        var normalized = Account.Normalize(email);
        await using var db = await OpenAsync();
        var used = await db.Set<Account>().Where(row => row.NormalizedEmail == normalized).Select(row => row.LastTotpStep).SingleAsync();
        while (AuthenticatorCodes.StepOf(Clock.GetUtcNow()) <= used)
        {
            Clock.Advance(TimeSpan.FromSeconds(AuthenticatorCodes.StepSeconds));
        }

        return await Get<DemoData>().CurrentCodeAsync(email, CancellationToken.None)
            ?? throw new InvalidOperationException("The account has no authenticator.");
    }

    /// <summary>The application that runs at an address in this process; null for any other.</summary>
    public static AppHost? At(Uri address) => Running.GetValueOrDefault(address);

    /// <summary>Everything that was logged so far.</summary>
    public async Task<string> ReadLogAsync()
    {
        var text = "";
        foreach (var file in Directory.EnumerateFiles(Path.Combine(data.Path, "logs")))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream);
            text += await reader.ReadToEndAsync();
        }

        return text;
    }

    /// <summary>True for the certificate that this application made for itself.</summary>
    public bool IsOwn(X509Certificate? certificate)
    {
        using var own = X509CertificateLoader.LoadPkcs12FromFile(Path.Combine(DataDirectory, "keys", "localhost.pfx"), password: null);
        return certificate?.GetCertHashString() == own.GetCertHashString();
    }

    /// <summary>A lease that sees every row, for arranging and for looking at what was stored.</summary>
    internal async Task<ClinicDbContext> OpenAsync() => await Get<ClinicGate>().OpenUnrestrictedAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        if (served is not null)
        {
            Running.TryRemove(served, out _);
        }

        await host.StopAsync();
        await ((IAsyncDisposable)host).DisposeAsync();
        SqlitePools.Clear(new ClinicSettings { DataDirectory = data.Path }.SqliteFile);
        data.Dispose();
    }
}
