namespace ClinicBlazor.Domain.Kernel;

/// <summary>The closed set of ways an operation can be refused without being a fault.</summary>
public enum ErrorKind
{
    /// <summary>Missing, or not for this person to know of: the two are never told apart.</summary>
    NotFound,

    /// <summary>Refused where the existence of the thing is no secret.</summary>
    Denied,

    /// <summary>What was given breaks a rule; <see cref="Error.Fields"/> says which.</summary>
    Invalid,

    /// <summary>Somebody else was quicker; load again and decide anew.</summary>
    Conflict,

    /// <summary>Allowed, once the password or a code has been given again.</summary>
    StepUpNeeded,
}

/// <summary>
/// A sentence for a person. <paramref name="Text"/> is the English wording and at the same time the key by which a
/// translation is found; it holds placeholders in the form of <see cref="string.Format(string, object[])"/>.
/// </summary>
/// <param name="Text">English wording, with placeholders.</param>
/// <param name="Args">Values of the placeholders; never personal data.</param>
public sealed record Message(string Text, params object[] Args)
{
    /// <summary>The English sentence.</summary>
    public override string ToString() => string.Format(System.Globalization.CultureInfo.InvariantCulture, Text, Args);

    /// <summary>A message without placeholders.</summary>
    public static implicit operator Message(string text) => new(text);
}

/// <summary>What is wrong with one field of the input.</summary>
/// <param name="Field">Name of the input's property.</param>
/// <param name="Message">What to do about it, in words for the person who typed.</param>
public sealed record FieldError(string Field, Message Message);

/// <summary>Why an operation was refused.</summary>
/// <param name="Kind">Which of the closed set.</param>
/// <param name="Fields">Findings beside their fields; empty unless <see cref="ErrorKind.Invalid"/>.</param>
public sealed record Error(ErrorKind Kind, IReadOnlyList<FieldError> Fields)
{
    /// <summary>Missing or forbidden.</summary>
    public static Error NotFound { get; } = new(ErrorKind.NotFound, []);

    /// <summary>Forbidden, and no secret.</summary>
    public static Error Denied { get; } = new(ErrorKind.Denied, []);

    /// <summary>Changed by somebody else in between.</summary>
    public static Error Conflict { get; } = new(ErrorKind.Conflict, []);

    /// <summary>A fresh proof of identity is asked for.</summary>
    public static Error StepUpNeeded { get; } = new(ErrorKind.StepUpNeeded, []);

    /// <summary>Input that breaks a rule.</summary>
    public static Error Invalid(params IReadOnlyList<FieldError> fields) => new(ErrorKind.Invalid, fields);

    /// <summary>Input with one finding.</summary>
    public static Error Invalid(string field, Message message) => new(ErrorKind.Invalid, [new FieldError(field, message)]);
}

/// <summary>The value of a finished operation, or the reason why there is none.</summary>
/// <typeparam name="T">What the operation answers with.</typeparam>
public sealed class Result<T>
{
    private readonly T? value;

    private Result(T? value, Error? error) => (this.value, Error) = (value, error);

    /// <summary>Why there is no value; null when there is one.</summary>
    public Error? Error { get; }

    /// <summary>True when the operation was carried out.</summary>
    public bool IsSuccess => Error is null;

    /// <summary>The value. Asking for it after a refusal is a bug and throws <see cref="InvalidOperationException"/>.</summary>
    public T Value => Error is null ? value! : throw new InvalidOperationException($"The operation was refused: {Error.Kind}.");

    internal static Result<T> Success(T value) => new(value, null);

    /// <summary>A value is a success.</summary>
    public static implicit operator Result<T>(T value) => new(value, null);

    /// <summary>An error is a refusal.</summary>
    public static implicit operator Result<T>(Error error) => new(default, error);
}

/// <summary>Makes results where the language cannot convert by itself.</summary>
public static class Result
{
    /// <summary>A success, for values whose type is an interface.</summary>
    public static Result<T> Of<T>(T value) => Result<T>.Success(value);
}

/// <summary>The value of an operation that has nothing to tell but that it is done.</summary>
public sealed record Done
{
    private Done()
    {
    }

    /// <summary>The one value.</summary>
    public static Done Instance { get; } = new();
}

/// <summary>One page of a list that is read forward by keyset.</summary>
/// <typeparam name="T">A row.</typeparam>
/// <param name="Items">The rows, in order.</param>
/// <param name="Next">Opaque place after the last row; null on the last page.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next)
{
    /// <summary>How many rows the whole list has; null where they are not counted.</summary>
    public int? Total { get; init; }
}
