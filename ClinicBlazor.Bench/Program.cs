using ClinicBlazor.Bench;

// Measures the limits that docs/limits.md promises, on this machine, against the SDK's empty Blazor template.
// Ratios count; seconds differ from machine to machine.
var root = Published.RepositoryRoot();
using var work = new WorkFolder();

// Each part can be asked for by itself: first-page, sign-in-page, sign-in-failures, idle-circuits, circuit-heap, typing,
// boards, lists.
if (IsAsked("lists"))
{
    await Lists.MeasureAsync();
}

if (args is ["lists"])
{
    return;
}

var clinic = Published.PublishClinic(root, work.Folder("clinic"));
if (IsAsked("first-page"))
{
    await FirstPage.MeasureAsync(clinic, Published.PublishTemplate(work.Folder("template-source"), work.Folder("template")), work);
}

if (IsAsked("sign-in-page"))
{
    await SignInPage.MeasureAsync(clinic, work);
}

if (IsAsked("sign-in-failures"))
{
    await SignInFailures.MeasureAsync(clinic, work);
}

if (IsAsked("idle-circuits"))
{
    await IdleCircuits.MeasureAsync(clinic, work);
}

if (IsAsked("circuit-heap"))
{
    await CircuitHeap.MeasureAsync(clinic,
        Published.PublishTemplate(work.Folder("heap-template-source"), work.Folder("heap-template")), work);
}

if (IsAsked("typing"))
{
    await Typing.MeasureAsync(clinic,
        Published.PublishTemplate(work.Folder("counter-source"), work.Folder("counter"), counter: true), work);
}

if (IsAsked("boards"))
{
    await Boards.MeasureAsync(clinic, work);
}

bool IsAsked(string part) => args.Length == 0 || args.Contains(part, StringComparer.Ordinal);
