using ClinicBlazor.App.Shared;
using ClinicBlazor.App.Web;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Kernel;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;

namespace ClinicBlazor.App.Areas.Identity;

/// <summary>What the pages around the sign-in have in common: plain forms, answered without a script.</summary>
public abstract class IdentityPage(IStringLocalizer<IdentityText> text) : PageModel
{
    private readonly List<FieldProblem> _problems = [];

    /// <summary>Where to go on to in the end; any address that is not of this site counts as none.</summary>
    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    /// <summary>What is wrong with single fields, in the reader's language.</summary>
    public IReadOnlyList<FieldProblem> Problems => _problems;

    /// <summary>What is wrong with the whole, in the reader's language; null when nothing is.</summary>
    public string? Failure { get; private set; }

    /// <summary>The words.</summary>
    protected IStringLocalizer<IdentityText> T { get; } = text;

    /// <summary>Where the sign-in leads in the end.</summary>
    protected string Destination => LocalUrl.Of(ReturnUrl);

    /// <summary>How far the visitor's sign-in has come; null for nobody.</summary>
    protected SessionStage? Stage => HttpContext.Features.Get<LiveSession>()?.Stage;

    /// <summary>Who asks.</summary>
    protected Actor Actor => HttpContext.Actor();

    /// <summary>The client went away.</summary>
    protected CancellationToken Aborted => HttpContext.RequestAborted;

    /// <summary>A field of the form, with what was found wrong with it.</summary>
    public Field Field(string name, string label, string? value = null)
    {
        var id = Id(name);
        return new Field(id, $"Input.{name}", label, value,
            [.. _problems.Where(problem => problem.FieldId == id).Select(problem => problem.Text)]);
    }

    /// <summary>Leads on from a session that was just begun to what it still needs, or to the destination.</summary>
    protected IActionResult GoOn(SessionStage stage) => stage switch
    {
        SessionStage.AwaitingSecondFactor => RedirectToPage("/Account/LoginWith2fa", ForReturn),
        SessionStage.AwaitingEnrolment => RedirectToPage("/Account/Manage/EnableAuthenticator", ForReturn),
        SessionStage.Full => LocalRedirect(Destination),
    };

    /// <summary>Route values that carry the destination on; none for the start page.</summary>
    protected object? ForReturn => Destination == "/" ? null : new { returnUrl = Destination };

    /// <summary>Shows the form again with one message for the whole.</summary>
    protected PageResult Refuse(string message, params object[] args)
    {
        Failure = T[message, args];
        return Page();
    }

    /// <summary>Shows the form again with the domain's findings beside their fields.</summary>
    /// <param name="error">The refusal.</param>
    /// <param name="nameOf">Name of the form's field for a field of the domain, where they differ.</param>
    protected PageResult Refuse(Error error, Func<string, string>? nameOf = null)
    {
        _problems.AddRange(
            error.Fields.Select(
            field => new FieldProblem(Id(nameOf?.Invoke(field.Field) ?? field.Field), T[field.Message.Text, field.Message.Args])));
        return error.Kind == ErrorKind.Invalid ? Page() : Refuse("The account is locked for now. Try again later.");
    }

    /// <summary>Notes a field that was left empty. True when there was something.</summary>
    protected bool Require(string name, string? value, string missing)
    {
        if (!string.IsNullOrWhiteSpace(value))
        {
            return true;
        }

        _problems.Add(new FieldProblem(Id(name), T[missing]));
        return false;
    }

    private static string Id(string name) => $"Input_{name}";
}

/// <summary>One field of a form, for the partial views that draw it.</summary>
/// <param name="Id">Id of the element.</param>
/// <param name="Name">Name in the form.</param>
/// <param name="Label">The words above it.</param>
/// <param name="Value">What was typed; never a password.</param>
/// <param name="Problems">What is wrong with it.</param>
public sealed record Field(string Id, string Name, string Label, string? Value, IReadOnlyList<string> Problems)
{
    /// <summary>Type of the input element.</summary>
    public string Type { get; init; } = "text";

    /// <summary>What the browser may fill in (HTML, section Autofill).</summary>
    public string Autocomplete { get; init; } = "off";

    /// <summary>Which keyboard a tablet shows.</summary>
    public string? InputMode { get; init; }

    /// <summary>Most characters.</summary>
    public int MaxLength { get; init; } = 254;

    /// <summary>What to know before typing.</summary>
    public string? Hint { get; init; }

    /// <summary>What a tablet's keyboard writes in capitals: "none" or "words".</summary>
    public string Capitals { get; init; } = "none";

    /// <summary>True for a code of digits, which has a look of its own.</summary>
    public bool IsCode { get; init; }

    /// <summary>True for the one field of a page that can be typed into at once.</summary>
    public bool Focused { get; init; }

    /// <summary>Ids of what describes the field; null when nothing does.</summary>
    public string? DescribedBy => (Hint, Problems) switch
    {
        (null, []) => null,
        (_, []) => $"{Id}-hint",
        (null, _) => $"{Id}-error",
        _ => $"{Id}-hint {Id}-error",
    };
}
