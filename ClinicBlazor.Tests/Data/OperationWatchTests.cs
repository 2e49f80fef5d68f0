using ClinicBlazor.Domain;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ClinicBlazor.Tests.Data;

/// <summary>What the one way to the data notes of an operation, beside its audit entry.</summary>
public sealed class OperationWatchTests : IAsyncLifetime
{
    private readonly List<string> lines = [];
    private DomainHost host = null!;

    public async Task InitializeAsync() =>
        host = await DomainHost.StartAsync(DatabaseKind.Sqlite, services => services.AddSingleton<ILoggerProvider>(new Lines(lines)));

    public async Task DisposeAsync() => await host.DisposeAsync();

    [Theory]
    [InlineData(1100, true)]
    [InlineData(100, false)]
    [Trait("Requirement", "S4-09")]
    public async Task Operation_OverASecond_IsLoggedByItsName(int milliseconds, bool slow)
    {
        await host.Database.RunAsync<Done>(Actor.Anonymous(TestPeople.Client), new Operation(Permission.SignIn, AuditAct.SignIn), async _ =>
        {
            await Task.Delay(milliseconds);
            return Done.Instance;
        }, CancellationToken.None);

        Assert.Equal(slow, lines.Any(line => line.StartsWith("Slow operation: SignIn took 1", StringComparison.Ordinal)));
    }

    [Fact]
    [Trait("Requirement", "S4-08")]
    public async Task ClinicalText_ThatLooksLikeAnAttack_IsKeptVerbatimAndTold()
    {
        const string Words = "The page said '; DROP TABLE Patients;-- and <script>alert(1)</script>, then my head hurt.";
        var patient = await host.People.AddPatientAsync();
        var actor = await host.People.ActorAsync(patient);

        var recordId = (await host.Get<RecordService>().DescribeAsync(actor, patient.PatientId!.Value, new ProblemDescription(Words), CancellationToken.None)).Value;

        var kept = (await host.Get<RecordService>().GetAsync(actor, recordId, CancellationToken.None)).Value;
        Assert.Equal(Words, kept.Description.Symptoms);
        await using var db = await host.OpenAsync();
        var entry = await db.AuditEntries.SingleAsync(row => row.Act == AuditAct.AttackInputSeen);
        Assert.Equal((AuditLevel.Warning, AuditOutcome.Done, patient.PatientId, recordId), (entry.Level, entry.Outcome, entry.PatientId, entry.RecordId));
        var line = Assert.Single(lines, line => line.StartsWith("Input that looks like an attack", StringComparison.Ordinal));
        Assert.Contains($"{patient.AccountId}", line, StringComparison.Ordinal);
        Assert.DoesNotContain("DROP", line, StringComparison.Ordinal);
    }

    /// <summary>Log lines as they are written.</summary>
    private sealed class Lines(List<string> written) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            written.Add(formatter(state, exception));

        public void Dispose()
        {
            // Nothing is held.
        }
    }
}
