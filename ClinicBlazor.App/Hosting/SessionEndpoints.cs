using ClinicBlazor.App.Web;
using ClinicBlazor.Domain.Accounts;

namespace ClinicBlazor.App.Hosting;

/// <summary>How long a session lasts, for the script that warns before it ends.</summary>
/// <param name="Left">Seconds until it ends if nobody does anything.</param>
/// <param name="Extendable">False when it ends then whatever anybody does.</param>
public sealed record SessionTime(int Left, bool Extendable);

/// <summary>
/// What an open page asks about its own session: how long it lasts, and, when somebody has done something there that no
/// other request tells of, to note that. Asking is not doing: it keeps nothing alive.
/// </summary>
public static class SessionEndpoints
{
    /// <summary>Where both are asked.</summary>
    public const string Path = "/account/session";

    /// <summary>Maps the two requests. Both answer 401 where there is no living session.</summary>
    public static void MapSession(this WebApplication app)
    {
        app.MapGet(Path, Answer).AllowAnonymous();
        app.MapPost(Path, Stir).AllowAnonymous();
    }

    private static IResult Answer(HttpContext context, TimeProvider time) =>
        context.Features.Get<LiveSession>() is { Stage: SessionStage.Full } session
        ? Results.Json(TimeOf(session, time))
        : Results.StatusCode(StatusCodes.Status401Unauthorized);

    private static IResult Stir(HttpContext context, SessionActivity activity, TimeProvider time)
    {
        if (context.Features.Get<LiveSession>() is not { Stage: SessionStage.Full } session)
        {
            return Results.StatusCode(StatusCodes.Status401Unauthorized);
        }

        if (!OwnOrigin.Is(context.Request))
        {
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        }

        activity.Mark(session.Actor.SessionId!.Value);
        return Results.Json(TimeOf(session with { LastActivityAt = time.GetUtcNow() }, time));
    }

    private static SessionTime TimeOf(LiveSession session, TimeProvider time) =>
        new((int)Math.Ceiling((session.EndsAt - time.GetUtcNow()).TotalSeconds), session.EndsAt < session.ExpiresAt);
}
