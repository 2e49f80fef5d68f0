using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;

namespace ClinicBlazor.Domain.Input;

/// <summary>
/// Recognises text that looks like SQL or script injection (requirement S4-08). Nothing here depends on it: SQL is
/// parameterised and output is encoded everywhere. It shows that somebody is trying. The signs are those that people
/// and scanners write and that no name, address or clinical sentence holds; a single word or a "&lt;" is no sign.
/// </summary>
public static partial class AttackSigns
{
    // A text of 40,000 characters, the longest that is taken, is looked through in a few milliseconds.
    private const RegexOptions Options =
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline
            | RegexOptions.ExplicitCapture;

    // Every sign below has at least one other character, a blank included. Most addresses and ids have none, and making
    // the expressions takes a fifth of a second, which the first page after a start need not wait for.
    private static readonly SearchValues<char> InNoSign = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/_-");

    /// <summary>True when a text holds such a sign.</summary>
    public static bool In(string? text)
    {
        if (string.IsNullOrEmpty(text) || !text.AsSpan().ContainsAnyExcept(InNoSign))
        {
            return false;
        }

        var plain = Plain(text);
        return SecondQuery().IsMatch(plain) || SqlCondition().IsMatch(plain) || SqlFunction().IsMatch(plain) || Script().IsMatch(plain)
            || Template().IsMatch(plain);
    }

    /// <summary>One writing for what databases and browsers take for the same: compatibility forms, comments as blanks.</summary>
    private static string Plain(string text)
    {
        var wellFormed = string.Concat(text.EnumerateRunes().Where(rune => rune.Value != 0).Select(rune => rune.ToString()));
        return Blanks().Replace(Comment().Replace(wellFormed.Normalize(NormalizationForm.FormKC), " "), " ");
    }

    [GeneratedRegex(@"/\*[^*]{0,100}\*/", Options)]
    private static partial Regex Comment();

    [GeneratedRegex(@"\s+", Options)]
    private static partial Regex Blanks();

    // A second query or statement behind the first.
    [GeneratedRegex(
        @"\bunion (all |distinct )?\(?select (null|\d|'|\*|@@|\(|char\(|concat|[\w.]+ ?,|.{1,100} from )"
        + @"|['"";)] ?;? ?(drop|alter|create|truncate) (table|database|schema|user|index|view)\b"
        + @"|['"";)] ?;? ?(insert into [\w.""]+ ?(\(|values|select)|delete from [\w.""]+ ?(where|;|--|$)|update [\w.""]+ set [\w.""]+ ?=)"
        + @"|['"";)] ?;? ?(exec(ute)?( immediate)? ?\(?(master|xp_|sp_)|declare @|waitfor delay|shutdown\b)"
        + @"|\(select [^()]{1,100} from [\w.]+( ?\)| where | limit )"
        + @"|\binto (outfile|dumpfile) ?'"
        + @"|['""] ?\) ?; ?(drop|delete|insert|update|select)\b",
        Options)]
    private static partial Regex SecondQuery();

    // A quote that ends the text early, and a condition or comment behind it.
    [GeneratedRegex(
        @"['""] ?\)* ?(or|and|xor|\|\||&&) ?\(* ?(not )?(\d+ ?(=|<|>|like) ?'?\d|['""][^'""]{0,50}['""] ?(=|<|>|like) ?['""]|[\w.]+ ?= ?[\w.]+ ?(--|#)|true\b ?(--|#|$)|exists ?\(|sleep\(|benchmark\()"
        + @"|\b(or|and) \(* ?(\d{1,6}) ?= ?\d{1,6} ?(--|#|\)|$| (and|or|limit|order|union)\b)"
        + @"|['""] ?\)* ?;? ?(--|#|/\*)[ -]*$"
        + @"|['""] ?\)* ?(or|and) [\w.]+ is (not )?null\b"
        + @"|['""] ?\)* ?(order|group) by \d+"
        + @"|['""] ?\|\| ?(['""]|\(|[a-z_]+\()"
        + @"|\bcase when \(? ?\d+ ?= ?\d+"
        + @"|['""] ?\)* ?(having|and|or) \d+ ?(=|<|>|between) ?\d+",
        Options)]
    private static partial Regex SqlCondition();

    // Names that stand in databases and nowhere else.
    [GeneratedRegex(
        @"\b(pg_sleep|xp_cmdshell|load_file|extractvalue|updatexml|randomblob|dbms_pipe\.receive_message|dbms_lock\.sleep|utl_inaddr\.get_host_\w+|utl_http\.request) ?\("
        + @"|\b(sleep\(\d+\)|benchmark\(\d+,)|\bgenerate_series\(\d+,"
        + @"|(\b(from|join)\b|,)[ (]*(information_schema\.\w+|sqlite_master|sqlite_schema|pg_catalog\.\w+|sysobjects|syscolumns|sys\.tables|all_tables|dual) ?(where|--|limit|\)|#|$)"
        + @"|@@(version|datadir|hostname)\b"
        + @"|\b(char|chr|nchar)\(\d+\) ?(\|\||\+)",
        Options)]
    private static partial Regex SqlFunction();

    // Markup that runs: elements, handlers, addresses.
    [GeneratedRegex(
        @"</?(script|iframe|object|embed|applet|frameset|svg|noscript|template)([\s/>]|$)"
        + @"|<[a-z][^<>]{0,300}[\s/""'](on[a-z]{3,25}|src|href|srcdoc|action|formaction|data|xlink:href|style|background) ?="
        + @"|\bon(error|load|click|dblclick|mouse[a-z]+|focus|blur|toggle|pointer[a-z]+|animation[a-z]+|begin|submit|keydown|keyup|input|change|wheel|drag|drop) ?= ?[""'`a-z(]"
        + @"|\b(javascript|vbscript|livescript): ?[a-z(/`'""%]*[(`=]|\bdata: ?text/html|<\?(php|xml)|<!(entity|doctype)\b|<%[=@ ]"
        + @"|\bdocument\.(cookie|location|write|domain)\b|\bwindow\.(location|open|name)\b|\bstring\.fromcharcode\b",
        Options)]
    private static partial Regex Script();

    // Expressions that template engines and loggers would evaluate.
    [GeneratedRegex(
        @"\$\{ ?(jndi|env|sys|lower|upper|::-)|\{\{ ?[\d(][^{}]{0,100}\}\}|[$#]\{ ?\d+ ?\* ?\d+ ?\}|\{\{.{0,50}(constructor|__class__|config)", Options)]
    private static partial Regex Template();
}
