using ClinicBlazor.App.Hosting.Refusals;
using ClinicBlazor.App.Web;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Input;
using Microsoft.AspNetCore.SignalR;

namespace ClinicBlazor.App.Hosting.Circuits;

/// <summary>
/// Stands before every message that a browser sends to its circuit. The framework takes the person that a connection
/// began with for granted as long as it lasts, and takes whoever knows a circuit's secret for its owner; here the
/// session row is asked each time, and a circuit stays with the session that started it.
/// </summary>
public sealed partial class CircuitGuard(
    SessionService sessions, SessionActivity activity, SessionEvents events, OpenCircuits circuits, SecurityLog security,
        AttackRecorder attacks,
    TimeProvider time, ILogger<CircuitGuard> log) : IHubFilter
{
    /// <summary>Most circuits, which is open pages, of one account.</summary>
    public const int MostPerAccount = 50;

    /// <summary>How long a session is taken to be alive while the database cannot be asked, in seconds.</summary>
    internal const int TrustSeconds = 30;

    /// <inheritdoc />
    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext,
        Func<HubInvocationContext, ValueTask<object?>> next)
    {
        var connection = invocationContext.Context;
        if (await FindOwnerAsync(connection) is not var (present, session))
        {
            LogEnded(connection.ConnectionId);
            connection.Abort();
            return null;
        }

        var input = CircuitInput.Of(invocationContext);
        if (session is not null)
        {
            if (AttackSigns.In(input.Text))
            {
                await attacks.RecordTypingAsync(session.Actor, connection.ConnectionAborted);
            }

            MessageSession.Hand(session, time);
        }

        if (input.IsPersons)
        {
            activity.Mark(present.SessionId);
            if (circuits.OwnerOf(connection) is { } owner && owner != present)
            {
                events.Publish(new SessionChange(present.SessionId, present.AccountId, SessionChangeKind.Outdated));
            }
        }

        return invocationContext.HubMethodName switch
        {
            "StartCircuit" => await StartAsync(invocationContext, next, present),
            "ConnectCircuit" => await ReconnectAsync(invocationContext, next, present),

            // Pausing writes a circuit's state into the browser; no page of this application asks for it.
            "ResumeCircuit" or "PauseCircuit" => Refuse(connection, invocationContext.HubMethodName),
            _ => await next(invocationContext),
        };
    }

    /// <inheritdoc />
    public Task OnDisconnectedAsync(HubLifetimeContext context, Exception? exception, Func<HubLifetimeContext, Exception?, Task> next)
    {
        circuits.Lost(context.Context);
        if (exception is InvalidDataException)
        {
            security.Ended(SecurityFinding.CircuitMessage, context.Context.GetHttpContext()?.TraceIdentifier ?? "");
        }
        else if (exception is not null)
        {
            LogBroken(exception.GetType().Name, context.Context.ConnectionId);
        }

        return next(context, exception);
    }

    private async Task<(CircuitOwner Owner, LiveSession? Session)?> FindOwnerAsync(HubCallerContext connection)
    {
        if (connection.User is not { } user || SessionPrincipal.Read(user) is not var (sessionId, client))
        {
            return null;
        }

        try
        {
            if (await sessions.FindAsync(sessionId, client, connection.ConnectionAborted) is not { Stage: SessionStage.Full } session)
            {
                return null;
            }

            circuits.Checked(connection);
            return (CircuitOwner.Of(session), session);
        }
        catch (Exception fault) when (
            UnreachableDatabase.Is(fault) && circuits.CheckedAt(connection) > time.GetUtcNow().AddSeconds(-TrustSeconds))
        {
            // What the page does needs the database itself and says calmly that it is out of reach.
            return circuits.OwnerOf(connection) is { } owner ? (owner, null) : null;
        }
        catch (OperationCanceledException) when (connection.ConnectionAborted.IsCancellationRequested)
        {
            // The page has gone while its message was looked at.
            return null;
        }
    }

    private async Task<object?> StartAsync(HubInvocationContext call, Func<HubInvocationContext, ValueTask<object?>> next,
        CircuitOwner owner)
    {
        // A connection that has its circuit already gets no second one; the framework answers that with null.
        if (circuits.OwnerOf(call.Context) is not null)
        {
            return await next(call);
        }

        if (!circuits.TryReserve(call.Context, owner, MostPerAccount))
        {
            return Refuse(call.Context, call.HubMethodName);
        }

        object? secret = null;
        try
        {
            secret = await next(call);
        }
        finally
        {
            if (secret is string text)
            {
                circuits.Bind(call.Context, text, owner);
            }
            else
            {
                circuits.Release(call.Context);
            }
        }

        return secret;
    }

    private async Task<object?> ReconnectAsync(HubInvocationContext call, Func<HubInvocationContext, ValueTask<object?>> next,
        CircuitOwner owner)
    {
        if (call.HubMethodArguments is [string secret, ..]
            && circuits.TryTakeOver(call.Context, secret, owner.SessionId, owner.AccountId, MostPerAccount))
        {
            return await next(call);
        }

        // The same answer as for a circuit that is gone: the browser opens the page anew.
        LogNotOwner(call.Context.ConnectionId);
        return false;
    }

    private object? Refuse(HubCallerContext connection, string method)
    {
        LogRefused(method, connection.ConnectionId);
        connection.Abort();
        return null;
    }

    [LoggerMessage(Level = LogLevel.Information,
        Message = "A circuit's message was refused: its session has ended (connection {ConnectionId})")]
    private partial void LogEnded(string connectionId);

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "A circuit was asked for that this session did not start, or that is gone (connection {ConnectionId})")]
    private partial void LogNotOwner(string connectionId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A circuit's connection ended with a fault: {Fault} (connection {ConnectionId})")]
    private partial void LogBroken(string fault, string connectionId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Method} was refused (connection {ConnectionId})")]
    private partial void LogRefused(string method, string connectionId);
}
