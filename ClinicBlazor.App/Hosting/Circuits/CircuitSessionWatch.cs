using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Kernel;

namespace ClinicBlazor.App.Hosting.Circuits;

/// <summary>
/// Finds the circuits that send nothing and whose session was ended by another instance or command, of which nobody here
/// was told, or whose pages are drawn for roles or a chart that their person has no more. Their pages are told to leave, or
/// to be drawn anew, like all others.
/// </summary>
public sealed partial class CircuitSessionWatch(ClinicReadiness readiness, OpenCircuits circuits, SessionService sessions,
    SessionEvents events, ILogger<CircuitSessionWatch> log)
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
            foreach (var open in circuits.Owners().ToLookup(owner => owner.SessionId))
            {
                var session = await sessions.FindAsync(open.Key, ClientInfo.Local, ct);
                if (session is null || open.Any(owner => owner != CircuitOwner.Of(session)))
                {
                    events.Publish(new SessionChange(open.Key, open.First().AccountId,
                        session is null ? SessionChangeKind.Ended : SessionChangeKind.Outdated));
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
