using ClinicBlazor.Domain;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Data;

namespace ClinicBlazor.App.Hosting.Circuits;

/// <summary>
/// Finds the circuits that send nothing and whose session was ended by another instance or command, of which nobody here
/// was told. Their pages are told to leave like all others.
/// </summary>
public sealed partial class CircuitWatch(ClinicReadiness readiness, OpenCircuits circuits, SessionService sessions, SessionEvents events, ILogger<CircuitWatch> log)
    : ClinicBackgroundService(readiness)
{
    // Requirement S4-02 gives an open circuit 30 seconds.
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(20);

    /// <inheritdoc />
    protected override async Task WorkAsync(CancellationToken ct)
    {
        using var timer = new PeriodicTimer(Period);
        while (await timer.WaitForNextTickAsync(ct))
        {
            await LookAsync(ct);
        }
    }

    private async Task LookAsync(CancellationToken ct)
    {
        try
        {
            foreach (var owner in circuits.Owners().DistinctBy(owner => owner.SessionId))
            {
                if (await sessions.FindAsync(owner.SessionId, ClientInfo.Local, ct) is null)
                {
                    events.Publish(new SessionChange(owner.SessionId, owner.AccountId, SessionChangeKind.Ended));
                }
            }
        }
        catch (Exception fault) when (UnreachableDatabase.Is(fault))
        {
            // Each message asks for itself meanwhile, and the next round tries again.
            LogFault(fault);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The sessions of open circuits could not be looked up")]
    private partial void LogFault(Exception fault);
}
