using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ClinicBlazor.Tests.Data;

/// <summary>What the one way to the data notes of an operation, beside its audit entry.</summary>
public sealed class SlowOperationTests : IAsyncLifetime
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
        await host.Gate.RunAsync<Done>(Actor.Anonymous(TestPeople.Client), new AccessRequest(Permission.SignIn, AuditAct.SignIn), _ =>
        {
            host.Clock.Advance(TimeSpan.FromMilliseconds(milliseconds));
            return Task.FromResult<Result<Done>>(Done.Instance);
        }, CancellationToken.None);

        Assert.Equal(slow, lines.Any(line => line.StartsWith("Slow operation: SignIn took 1", StringComparison.Ordinal)));
    }

    /// <summary>Log lines as they are written.</summary>
    private sealed class Lines(List<string> written) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) =>
            written.Add(formatter(state, exception));

        public void Dispose()
        {
            // Nothing is held.
        }
    }
}
