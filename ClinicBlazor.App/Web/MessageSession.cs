using ClinicBlazor.Domain.Accounts;

namespace ClinicBlazor.App.Web;

/// <summary>
/// The session that the guard of a circuit has just looked up for one message, on its way to the handler of that message:
/// good for one question, at once. Whatever asks again, or later, asks the session row.
/// </summary>
public sealed class MessageSession
{
    /// <summary>How long a message's answer is good for.</summary>
    public static readonly TimeSpan Good = TimeSpan.FromSeconds(1);

    private static readonly AsyncLocal<MessageSession?> OfThisMessage = new();

    private readonly long askedAt;
    private LiveSession? session;

    private MessageSession(LiveSession session, long askedAt) => (this.session, this.askedAt) = (session, askedAt);

    /// <summary>Hands a session that was just looked up to what this message sets off.</summary>
    public static void Hand(LiveSession session, TimeProvider time) =>
        OfThisMessage.Value = new MessageSession(session, time.GetTimestamp());

    /// <summary>Takes the session; null when none was handed on, it was taken before, is another one, or too old.</summary>
    public static LiveSession? Take(Guid sessionId, TimeProvider time) =>
        OfThisMessage.Value is { } message && Interlocked.Exchange(ref message.session, null) is { } found
        && found.Actor.SessionId == sessionId && time.GetElapsedTime(message.askedAt) <= Good ? found : null;
}
