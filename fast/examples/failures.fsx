#r "nuget: Rer"
// Shows which requests of a list fail, and why. Each line of the list is a request, such as: usd maya-2025
//   dotnet fsi failures.fsx PACKAGES REQUESTS
open System
open System.IO
open Rer
open Rer.Repositories

let paths, list =
    match fsi.CommandLineArgs with
    | [| _; paths; list |] -> PackagePaths.Parse paths, list
    | _ -> failwith "usage: dotnet fsi failures.fsx PACKAGES REQUESTS"

let requests =
    File.ReadAllLines list
    |> Array.map (fun line -> line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
    |> Array.filter (Array.isEmpty >> not)

let results =
    FastResolver().ResolveMany(requests |> Array.map (fun request -> request :> _), FilesystemRepository paths)

for request, result in Seq.zip requests results do
    let request = String.concat " " request

    match result with
    | :? SolvedResult -> ()
    | :? FailedResult as failed -> printfn $"{request}: {failed.Failure.Description}"
    | :? ErrorResult as error -> printfn $"{request}: {error.Message}"
    | result -> printfn $"{request}: {result}"

let solved =
    results |> Seq.filter (fun result -> result :? SolvedResult) |> Seq.length

printfn $"{solved} of {requests.Length} requests resolve"
exit (if solved = requests.Length then 0 else 1)
